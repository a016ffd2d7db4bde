package dev.gatehouse.admission;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.TemporarilyUnavailable;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is counted of each check, and when a check that fails is not asked any more. */
class CheckFiguresTest {

    private static final Verdict IDENTIFIED =
            Verdict.identified(new Identity(Identity.TOKEN, "gateway"), Scopes.of(Scopes.ADMIN));
    private static final VetoReason REASON = VetoReason.of("NOT_TODAY", VetoReason.Effect.IDENTIFY, "not like this");

    private final ChainFixture fixture = new ChainFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void figures_ofEachCheck_countItsAnswers_inChainOrder() {
        AdmissionChain chain = fixture.withAtUpgrade("a", context -> Verdict.pass())
                .with("b", context -> Verdict.absent(REASON))
                .with("c", context -> IDENTIFIED)
                .with("d", context -> Verdict.veto(REASON))
                .with("e", context -> Verdict.pass())
                .chain();

        ChainFixture.decide(chain, ConnectFixture.cli());
        ChainFixture.decide(chain, ConnectFixture.cli());

        assertThat(chain.figures())
                .extracting(
                        CheckFigures::asked,
                        CheckFigures::passed,
                        CheckFigures::absent,
                        CheckFigures::identified,
                        CheckFigures::vetoed)
                .map(tuple -> tuple.toList().toString())
                .containsExactly(
                        "[2, 2, 0, 0, 0]", "[2, 0, 2, 0, 0]", "[2, 0, 0, 2, 0]", "[2, 0, 0, 0, 2]", "[0, 0, 0, 0, 0]");
        assertThat(chain.figures()).extracting(CheckFigures::check).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void times_ofACheck_areOrdered_andOfOneThatWasNotAsked_areNone() {
        AdmissionChain chain = fixture.with("a", context -> Verdict.veto(REASON))
                .with("b", context -> IDENTIFIED)
                .chain();
        ChainFixture.decide(chain, ConnectFixture.cli());

        assertThat(figures(chain).times()).satisfies(times -> {
            assertThat(times.mean()).isPositive();
            assertThat(times.p50()).isPositive().isLessThanOrEqualTo(times.p99());
            assertThat(times.p99()).isLessThanOrEqualTo(times.max());
        });
        assertThat(chain.figures().get(1).times().max()).isEqualTo(Duration.ZERO);
    }

    @Test
    void lastFailure_isKeptAsOneLineOfText() {
        AdmissionChain chain = fixture.with("broken", context -> {
                    throw new IllegalStateException("first\nsecond");
                })
                .chain();

        ChainFixture.decide(chain, ConnectFixture.cli());

        assertThat(figures(chain).failed()).isEqualTo(1);
        assertThat(figures(chain).lastFailure()).hasValueSatisfying(last -> {
            assertThat(last.kind()).isEqualTo(Failure.Kind.THREW);
            assertThat(last.summary()).isEqualTo("threw java.lang.IllegalStateException: first second");
        });
    }

    @Test
    void check_thatThrowsAgainAndAgain_isNotAsked() {
        fixture.breakerFailures(2);
        AdmissionChain chain = fixture.with("broken", context -> {
                    throw new IllegalStateException("a bug");
                })
                .chain();
        for (int i = 0; i < 2; i++) {
            assertThat(failure(chain)).isEqualTo(Failure.Kind.THREW);
        }

        assertThat(failure(chain)).isEqualTo(Failure.Kind.CIRCUIT_OPEN);

        assertThat(figures(chain))
                .extracting(CheckFigures::asked, CheckFigures::failed, CheckFigures::notAsked, CheckFigures::breaker)
                .containsExactly(2L, 2L, 1L, CheckFigures.Breaker.OPEN);
    }

    @Test
    void check_thatHangsAgainAndAgain_isNotAsked() {
        fixture.breakerFailures(1);
        AdmissionChain chain = fixture.with("hanging", context -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return IDENTIFIED;
                })
                .chain();
        assertThat(failure(chain)).isEqualTo(Failure.Kind.TIMED_OUT);

        assertThat(failure(chain)).isEqualTo(Failure.Kind.CIRCUIT_OPEN);
    }

    @Test
    void check_thatAnswersAgain_isAskedAgainAfterThePause() {
        AtomicLong nanos = new AtomicLong();
        AtomicBoolean isBroken = new AtomicBoolean(true);
        fixture.breakerFailures(1).with("moody", context -> {
            if (isBroken.get()) {
                throw new IllegalStateException("a bug");
            }
            return IDENTIFIED;
        });
        AdmissionChain chain = fixture.chainOf(fixture.checks(), nanos::get);
        assertThat(failure(chain)).isEqualTo(Failure.Kind.THREW);

        isBroken.set(false);
        assertThat(failure(chain)).isEqualTo(Failure.Kind.CIRCUIT_OPEN);
        nanos.addAndGet(ChainFixture.LONG_PAUSE.toNanos());

        for (int i = 0; i < 2; i++) {
            assertThat(ChainFixture.decide(chain, ConnectFixture.cli())).isInstanceOf(Decision.Admitted.class);
        }
        assertThat(figures(chain).breaker()).isEqualTo(CheckFigures.Breaker.CLOSED);
    }

    @Test
    void check_thatSaysThatSomethingIsDown_isAskedAllTheSame() {
        fixture.breakerFailures(1);
        AdmissionChain chain = fixture.with("pairing", context -> {
                    throw new TemporarilyUnavailable("database is down", new IllegalStateException());
                })
                .chain();

        for (int i = 0; i < 3; i++) {
            assertThat(failure(chain)).isEqualTo(Failure.Kind.UNAVAILABLE);
        }

        assertThat(figures(chain).breaker()).isEqualTo(CheckFigures.Breaker.CLOSED);
    }

    private static CheckFigures figures(AdmissionChain chain) {
        return chain.figures().get(0);
    }

    private static Failure.Kind failure(AdmissionChain chain) {
        Decision decision = ChainFixture.decide(chain, ConnectFixture.cli());
        assertThat(decision).isInstanceOf(Decision.Failed.class);
        return ((Decision.Failed) decision).failure().kind();
    }
}
