package dev.gatehouse.testkit;

import java.nio.charset.StandardCharsets;

import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;

/**
 * Takes the reason out of a verdict, and fails the test when the verdict is of another kind; renders it as the peer gets it.
 *
 * @since 0.1
 */
public final class Verdicts {

    private static final int CLOSE_REASON_MAX = 120;

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

    /**
     * The text of the close frame that tells a reason: its message, with the request id of its details, cut to 120 bytes
     * of UTF-8 between two characters.
     *
     * @param reason why the connection is refused
     * @return the close reason
     */
    public static String closeReason(VetoReason reason) {
        String text = reason.details().get(VetoReason.REQUEST_ID) instanceof String id
                ? reason.message() + " (requestId: " + id + ")"
                : reason.message();
        StringBuilder cut = new StringBuilder();
        int bytes = 0;
        for (int character : text.codePoints().toArray()) {
            bytes += Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > CLOSE_REASON_MAX) {
                break;
            }
            cut.appendCodePoint(character);
        }
        return cut.toString();
    }
}
