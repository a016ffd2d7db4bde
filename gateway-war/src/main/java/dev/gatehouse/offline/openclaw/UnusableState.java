package dev.gatehouse.offline.openclaw;

/** A state database that cannot be read; the message says why, and what to do. */
public final class UnusableState extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableState(String message) {
        super(message);
    }

    UnusableState(String message, Throwable cause) {
        super(message, cause);
    }
}
