package dev.gatehouse.testkit;

import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;

/**
 * Takes the reason out of a verdict, and fails the test when the verdict is of another kind.
 *
 * @since 0.1
 */
public final class Verdicts {

    private Verdicts() {}

    /**
     * The reason of a veto.
     *
     * @param verdict what a check said
     * @return why it vetoed
     * @throws AssertionError when it did not veto
     */
    public static VetoReason veto(Verdict verdict) {
        if (verdict instanceof Verdict.Veto veto) {
            return veto.reason();
        }
        throw new AssertionError("expected a veto, was " + verdict);
    }

    /**
     * The reason of an absence.
     *
     * @param verdict what a check said
     * @return what to tell the client if nobody identifies it
     * @throws AssertionError when the check did not miss its credential
     */
    public static VetoReason absent(Verdict verdict) {
        if (verdict instanceof Verdict.Absent absent) {
            return absent.reason();
        }
        throw new AssertionError("expected an absence, was " + verdict);
    }
}
