package dev.gatehouse.bench;

/** A command line that cannot be followed; the message says what to write instead. */
final class UsageError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageError(String message) {
        super(message);
    }
}
