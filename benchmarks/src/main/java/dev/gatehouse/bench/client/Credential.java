package dev.gatehouse.bench.client;

/** A secret and the member of {@code auth} in which it travels. */
public record Credential(String member, String value) {

    public static Credential sharedToken(String value) {
        return new Credential("token", value);
    }

    public static Credential deviceToken(String value) {
        return new Credential("deviceToken", value);
    }

    @Override
    public String toString() {
        return member + " ***";
    }
}
