package dev.gatehouse.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.gatehouse.admission.Decision;
import dev.gatehouse.admission.Failure;
import dev.gatehouse.admission.Trace;
import dev.gatehouse.observe.AdmissionMinutes.Count;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.testkit.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AdmissionMinutesTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration TOOK = Duration.ofMillis(1);
    private static final Trace NO_TRACE = new Trace(List.of());
    private static final Decision ADMITTED =
            new Decision.Admitted(new Identity(Identity.TOKEN, "gateway"), Scopes.of(Scopes.ADMIN), NO_TRACE);
    private static final Decision REFUSED =
            new Decision.Refused(VetoReason.of("NOT_NOW", VetoReason.Effect.IDENTIFY, "no"), NO_TRACE);
    private static final Decision FAILED =
            new Decision.Failed(new Failure("token", Failure.Kind.TIMED_OUT, "late", null), NO_TRACE);

    private final ConnectContext context = ConnectFixture.cli().connect();
    private final MutableClock clock = new MutableClock();
    private final AdmissionMinutes minutes = new AdmissionMinutes(clock);

    @Test
    void decisions_areCountedInTheirMinute() {
        clock.setTo(NOON.plusSeconds(59));
        decide(ADMITTED, ADMITTED, REFUSED);
        clock.setTo(NOON.plusSeconds(60));
        decide(FAILED);
        minutes.turnedAway(context.upgrade(), "HANDSHAKE_TIMEOUT", TOOK);

        assertThat(minutes.last(3))
                .containsExactly(
                        new Count(NOON.minusSeconds(60), 0, 0, 0),
                        new Count(NOON, 2, 1, 0),
                        new Count(NOON.plusSeconds(60), 0, 1, 1));
    }

    @Test
    void minute_aDayLater_takesThePlaceOfTheOneBefore() {
        clock.setTo(NOON);
        decide(ADMITTED, ADMITTED);
        clock.advance(Duration.ofDays(1));

        assertThat(minutes.last(1)).containsExactly(new Count(NOON.plus(Duration.ofDays(1)), 0, 0, 0));
        decide(REFUSED);
        assertThat(minutes.last(1)).containsExactly(new Count(NOON.plus(Duration.ofDays(1)), 0, 1, 0));
        assertThat(minutes.last(AdmissionMinutes.KEPT).stream().mapToLong(Count::admitted))
                .containsOnly(0L);
    }

    @Test
    void day_withoutAnybody_isAllZeros() {
        clock.setTo(NOON);

        assertThat(minutes.last(AdmissionMinutes.KEPT))
                .hasSize(1440)
                .allMatch(count -> count.admitted() + count.refused() + count.failed() == 0)
                .last()
                .isEqualTo(new Count(NOON, 0, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1441})
    void minutes_thatAreNotKept_areRejected(int count) {
        assertThatIllegalArgumentException().isThrownBy(() -> minutes.last(count));
    }

    private void decide(Decision... decisions) {
        for (Decision decision : decisions) {
            minutes.decided(context, decision, TOOK);
        }
    }
}
