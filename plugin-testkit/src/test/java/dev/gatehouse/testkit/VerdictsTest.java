package dev.gatehouse.testkit;

import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class VerdictsTest {

    private static final VetoReason REASON = VetoReason.of("SOME_CODE", Effect.IDENTIFY, "no");

    @Test
    void reasons_verdictOfTheKind_areTakenOut() {
        assertThat(Verdicts.veto(Verdict.veto(REASON))).isEqualTo(REASON);
        assertThat(Verdicts.absent(Verdict.absent(REASON))).isEqualTo(REASON);
    }

    @Test
    void closeReason_longText_isCutBetweenCharacters() {
        VetoReason faces = VetoReason.of("SOME_CODE", Effect.IDENTIFY, "a" + "\uD83D\uDE00".repeat(40));

        assertThat(Verdicts.closeReason(faces)).isEqualTo("a" + "\uD83D\uDE00".repeat(29));
        assertThat(Verdicts.closeReason(REASON.withDetail(VetoReason.REQUEST_ID, "abc")))
                .isEqualTo("no (requestId: abc)");
    }

    @Test
    void reasons_verdictOfAnotherKind_failTheTest() {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> Verdicts.veto(Verdict.absent(REASON)));
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> Verdicts.absent(Verdict.pass()));
    }
}
