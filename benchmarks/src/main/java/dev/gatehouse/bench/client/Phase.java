package dev.gatehouse.bench.client;

import java.util.Locale;

/** The parts of a handshake, in their order. */
public enum Phase {
    /** From the connect call to the established TCP connection. */
    TCP,
    /** From the upgrade request to the 101. */
    UPGRADE,
    /** From the 101 to the challenge. */
    CHALLENGE,
    /** The client's own work: signature and JSON. */
    SIGN,
    /** From the connect frame to the hello, or to the close frame of a refusal. */
    ANSWER;

    /** The phase's name in tables and JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
