package dev.gatehouse.admission;

/** What the answers of a check are good for. */
public enum Mode {
    /** The check decides, with the others. */
    ENFORCE,
    /** The check is asked and its answers are recorded; it decides nothing. */
    SHADOW
}
