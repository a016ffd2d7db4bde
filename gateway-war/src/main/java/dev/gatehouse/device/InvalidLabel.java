package dev.gatehouse.device;

/** A label is empty, too long, or holds characters that cannot be shown. */
public final class InvalidLabel extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidLabel() {
        super("label must have 1 to " + Label.LENGTH_MAX + " characters, not blank and without control characters");
    }
}
