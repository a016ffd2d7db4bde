package dev.gatehouse.ban;

/** A ban cannot be made. */
public final class BanRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Why {
        /** The same address, network or device is banned already. */
        ALREADY_BANNED,
        /** There are as many bans as can be. */
        TOO_MANY,
        /** It would shut out everybody who comes through a proxy of the gateway. */
        COVERS_A_PROXY
    }

    private final Why why;

    BanRefused(Why why, String message) {
        super(message);
        this.why = why;
    }

    /** Why it cannot be made. */
    public Why why() {
        return why;
    }
}
