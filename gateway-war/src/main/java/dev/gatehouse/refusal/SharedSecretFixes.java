package dev.gatehouse.refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What helps clients that lack a secret, or showed a wrong one: which of those that they showed is wrong, and where the
 * right one is. Never what it is.
 *
 * @param surroundings the config as it is now
 * @param commands what else an operator can do
 */
record SharedSecretFixes(Surroundings surroundings, Commands commands) {

    private static final String FILE = "file:";
    private static final String ENVIRONMENT = "env:";

    Stream<Fix> missing(Account account) {
        return Stream.concat(Stream.of(where(account), howToGive(account)), commands.invite(account));
    }

    /** A client without a device needs the secret, and a node or a page needs the device as well. */
    Stream<Fix> withoutDevice(Account account) {
        Fix device = Fix.client("let the client sign with its device, as stock clients do");
        return presented(account, Visitor.TOKEN, Visitor.PASSWORD)
                .map(kind -> Stream.of(Fix.client("the shared secret alone is not enough for this client"), device))
                .orElseGet(() -> Stream.concat(Stream.of(device), missing(account)));
    }

    Stream<Fix> wrong(Account account) {
        String wrong = presented(account, Visitor.TOKEN, Visitor.PASSWORD)
                .map(kind -> "the client sent a wrong shared " + secret(account) + ", as auth." + kind)
                .orElse("the shared " + secret(account) + " is wrong");
        Optional<Fix> deviceToken = presented(account, Visitor.DEVICE_TOKEN)
                .map(kind -> Fix.client("its device token was of no use either"));
        return Stream.concat(
                Stream.concat(Stream.of(Fix.client(wrong)), deviceToken.stream()),
                Stream.of(where(account), howToGive(account)));
    }

    Stream<Fix> unusable(Account account) {
        String place = surroundings.sharedSecret();
        return Stream.of(Fix.operator(
                place.startsWith(FILE)
                        ? "write the secret into its file; it is read anew, no restart is needed"
                        : "set the variable of the gateway's process, and start it again",
                place));
    }

    Stream<Fix> wrongDeviceToken(Account account) {
        List<Fix> fixes = new ArrayList<>();
        fixes.add(Fix.client(
                "the device token is the one that is wrong: " + account.kind().why()));
        presented(account, Visitor.TOKEN, Visitor.PASSWORD)
                .ifPresent(kind -> fixes.add(Fix.client(
                        "the shared secret that it sent, as auth." + kind + ", is not this gateway's either")));
        fixes.add(Fix.client(
                "connect once with the shared secret instead; if the device is not approved any more, it asks"
                        + " again by that"));
        fixes.add(where(account));
        fixes.add(howToGive(account));
        return fixes.stream();
    }

    Stream<Fix> narrowDeviceToken(Account account) {
        return Stream.of(
                Fix.client("ask for no more scopes than the device was given"),
                Fix.client(
                        "or connect once with the shared secret: the device asks for more by that, and an operator approves"),
                where(account),
                howToGive(account));
    }

    private Fix where(Account account) {
        String place = surroundings.sharedSecret();
        String text = "the shared " + secret(account) + " is on the gateway's machine";
        if (place.startsWith(FILE)) {
            return Fix.operator(text, "cat '" + place.substring(FILE.length()).replace("'", "'\\''") + "'");
        }
        return place.startsWith(ENVIRONMENT)
                ? Fix.operator(text + ", in a variable of the gateway's process", place.substring(ENVIRONMENT.length()))
                : Fix.operator(text, place);
    }

    private static Fix howToGive(Account account) {
        String secret = secret(account);
        String variable = secret.equals(Visitor.PASSWORD) ? "OPENCLAW_GATEWAY_PASSWORD" : "OPENCLAW_GATEWAY_TOKEN";
        boolean isPage = account.seen()
                .client()
                .filter(client ->
                        client.id().equals("openclaw-control-ui") || client.id().equals("webchat-ui"))
                .isPresent();
        return isPage
                ? Fix.client("paste it in the settings of the Control UI")
                : Fix.client("give it to the client, in its settings or as a variable", variable);
    }

    private static String secret(Account account) {
        return account.told().code().contains("PASSWORD") ? Visitor.PASSWORD : Visitor.TOKEN;
    }

    private static Optional<String> presented(Account account, String... kinds) {
        return account.seen()
                .client()
                .flatMap(client -> Stream.of(kinds).filter(client::presented).findFirst());
    }
}
