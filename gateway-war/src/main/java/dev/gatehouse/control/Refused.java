package dev.gatehouse.control;

/** A call that asks for what there cannot be; the message is the one that clients know. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Refused(String message) {
        super(message);
    }
}
