package dev.gatehouse.refusal;

import java.util.Optional;

/**
 * One thing that would let a connection in.
 *
 * @param who who can do it
 * @param text what it is, one line for people; nothing in it is invisible
 * @param copy a command, a line of config or an address, exactly as it is to be used
 */
public record Fix(Who who, String text, Optional<String> copy) {

    /** Who can do something about a refusal. */
    public enum Who {
        /** Whoever sits before the client. */
        CLIENT,
        /** Whoever runs the gateway. */
        OPERATOR
    }

    static Fix client(String text) {
        return new Fix(Who.CLIENT, text, Optional.empty());
    }

    static Fix client(String text, String copy) {
        return new Fix(Who.CLIENT, text, Optional.of(copy));
    }

    static Fix operator(String text) {
        return new Fix(Who.OPERATOR, text, Optional.empty());
    }

    static Fix operator(String text, String copy) {
        return new Fix(Who.OPERATOR, text, Optional.of(copy));
    }
}
