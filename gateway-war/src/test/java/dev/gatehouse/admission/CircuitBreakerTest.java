package dev.gatehouse.admission;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import dev.gatehouse.admission.CheckFigures.Breaker;
import dev.gatehouse.admission.CircuitBreaker.Permit;
import dev.gatehouse.spi.AdmissionCheck;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CircuitBreakerTest {

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration DEADLINE = Duration.ofSeconds(1);

    private final AtomicLong nanos = new AtomicLong();
    private final CircuitBreaker breaker = new CircuitBreaker(
            new NamedCheck("check", new AdmissionCheck() {}),
            new AdmissionSettings(List.of(), DEADLINE, DEADLINE, 1, 3, PAUSE),
            nanos::get);

    @Test
    void breaker_afterFailuresInARow_opens() {
        fail(2);
        assertThat(breaker.permit()).isEqualTo(Permit.ASK);

        fail(1);

        assertThat(breaker.permit()).isEqualTo(Permit.DENIED);
        assertThat(breaker.position()).isEqualTo(Breaker.OPEN);
    }

    @Test
    void failures_withAnAnswerBetweenThem_areNotInARow() {
        fail(2);
        breaker.answered(Permit.ASK);

        fail(2);

        assertThat(breaker.permit()).isEqualTo(Permit.ASK);
    }

    @Test
    void denial_tellsTheLastFailure() {
        fail(3);

        assertThat(breaker.denial())
                .extracting(
                        Failure::check, Failure::kind, failure -> failure.kind().passesByItself())
                .containsExactly("check", Failure.Kind.CIRCUIT_OPEN, true);
        assertThat(breaker.denial().summary()).endsWith("its last failure: threw a tantrum");
    }

    @Test
    void pause_thatIsOver_letsExactlyOneTry() {
        fail(3);
        pass(PAUSE.minusNanos(1));
        assertThat(breaker.permit()).isEqualTo(Permit.DENIED);

        pass(Duration.ofNanos(1));

        assertThat(breaker.permit()).isEqualTo(Permit.TRY);
        assertThat(breaker.permit()).isEqualTo(Permit.DENIED);
        assertThat(breaker.position()).isEqualTo(Breaker.TRYING);
    }

    @Test
    void try_thatIsAnswered_closesTheBreaker() {
        openAndTry();

        breaker.answered(Permit.TRY);

        assertThat(breaker.permit()).isEqualTo(Permit.ASK);
        assertThat(breaker.position()).isEqualTo(Breaker.CLOSED);
    }

    @Test
    void try_thatFails_beginsAnotherPause() {
        openAndTry();

        breaker.failed(Permit.TRY, "threw again");

        assertThat(breaker.permit()).isEqualTo(Permit.DENIED);
        assertThat(breaker.denial().summary()).endsWith("threw again");
        pass(PAUSE);
        assertThat(breaker.permit()).isEqualTo(Permit.TRY);
    }

    @Test
    void try_thatSaysNothingAboutTheCheck_letsTheNextOneTryAtOnce() {
        openAndTry();

        breaker.released(Permit.TRY);

        assertThat(breaker.permit()).isEqualTo(Permit.TRY);
    }

    @Test
    void whatWasAskedBeforeTheBreakerOpened_changesNothingAfterIt() {
        openAndTry();

        breaker.answered(Permit.ASK);
        breaker.released(Permit.ASK);
        fail(1);

        assertThat(breaker.position()).isEqualTo(Breaker.TRYING);
    }

    private void openAndTry() {
        fail(3);
        pass(PAUSE);
        assertThat(breaker.permit()).isEqualTo(Permit.TRY);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(Permit.ASK, "threw a tantrum");
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
