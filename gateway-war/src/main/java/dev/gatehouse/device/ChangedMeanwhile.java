package dev.gatehouse.device;

/** A thing is not what whoever wanted to change it had seen. */
public final class ChangedMeanwhile extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ChangedMeanwhile() {
        super("it has changed since it was seen");
    }
}
