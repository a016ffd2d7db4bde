package dev.gatehouse.admission;

/** What a check's verdict is worth. */
public enum Mode {
    /** The check is asked about every connection, and must agree to it. */
    ENFORCE,
    /** The check is asked once the decision is known; what it says is counted, and changes nothing. */
    SHADOW
}
