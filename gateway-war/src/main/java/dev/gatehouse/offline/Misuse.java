package dev.gatehouse.offline;

/** A command that is not understood; the message says why. */
final class Misuse extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Misuse(String message) {
        super(message);
    }
}
