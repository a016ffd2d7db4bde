package dev.gatehouse.forwarded;

/** A header that a proxy wrote cannot be read; the message says which, and why, and repeats nothing of it. */
final class MalformedTrail extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedTrail(String message) {
        super(message);
    }
}
