package dev.gatehouse.admission;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import dev.gatehouse.spi.Verdict;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** When the watchdog ends an examination whose check has not answered; the test is the watchdog. */
class ExaminationTest {

    private static final Duration CHECK_DEADLINE = Duration.ofSeconds(10);
    private static final Duration CHAIN_DEADLINE = Duration.ofSeconds(40);

    private static final AdmissionSettings SETTINGS =
            new AdmissionSettings(List.of(), CHECK_DEADLINE, CHAIN_DEADLINE, 1, 1, CHECK_DEADLINE);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final ChainFixture.AtConnect hanging = context -> {
        asked.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Verdict.pass();
    };
    private final Link link =
            new Link(new NamedCheck("hanging", hanging), SETTINGS, Clock.systemUTC(), System::nanoTime);
    private final Examination examination = new Examination(
            Trace.Stage.CONNECT,
            List.of(link),
            Examination.atConnect(ConnectFixture.cli().connect()),
            Findings.NONE,
            SETTINGS,
            () -> 0);
    private final Thread asking = new Thread(examination);

    @BeforeEach
    void ask() throws InterruptedException {
        asking.start();
        asked.await();
    }

    @AfterEach
    void stop() throws InterruptedException {
        asking.interrupt();
        asking.join();
    }

    @Test
    void check_withinItsDeadline_isWaitedFor() {
        lookAfter(Duration.ofSeconds(5), Duration.ZERO);

        assertThat(examination.result()).isNotDone();
    }

    @Test
    void check_afterItsDeadline_isNot() {
        lookAfter(Duration.ofSeconds(11), Duration.ZERO);

        assertThat(failure()).isEqualTo(Failure.Kind.TIMED_OUT);
        assertThat(breaker()).isEqualTo(CheckFigures.Breaker.OPEN);
    }

    @Test
    void pauseOfTheWholeMachine_isNotHeldAgainstACheck() {
        lookAfter(Duration.ofSeconds(25), Duration.ofSeconds(20));

        assertThat(examination.result()).isNotDone();
    }

    @Test
    void stage_afterItsDeadline_endsWhateverThePauses() {
        lookAfter(Duration.ofSeconds(41), Duration.ofSeconds(40));

        assertThat(failure()).isEqualTo(Failure.Kind.TIMED_OUT);
        assertThat(breaker()).as("the check is not to blame").isEqualTo(CheckFigures.Breaker.CLOSED);
    }

    private void lookAfter(Duration passed, Duration stalled) {
        examination.expireIfLate(System.nanoTime() + passed.toNanos(), stalled.toNanos());
    }

    @Test
    void check_thatAnswersAfterTheWatchdogGaveItUp_isCountedOnce() throws InterruptedException {
        lookAfter(Duration.ofSeconds(11), Duration.ZERO);
        asking.join();

        assertThat(link.figures(Optional.empty()))
                .extracting(CheckFigures::asked, CheckFigures::failed)
                .containsExactly(1L, 1L);
    }

    @Test
    void examination_thatNobodyRunsAnyMore_fails() {
        examination.refuseToRun();

        assertThat(failure()).isEqualTo(Failure.Kind.OVERLOADED);
        assertThat(breaker()).isEqualTo(CheckFigures.Breaker.CLOSED);
    }

    private CheckFigures.Breaker breaker() {
        return link.figures(Optional.empty()).breaker();
    }

    private Failure.Kind failure() {
        return examination.result().join().failure().orElseThrow().kind();
    }
}
