package dev.gatehouse.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.TemporarilyUnavailable;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every way in which a check can break; none of them admits anybody, although another check identifies the client. */
class FailClosedTest {

    private static final Verdict IDENTIFIED =
            Verdict.identified(new Identity(Identity.TOKEN, "gateway"), Scopes.of(Scopes.ADMIN));
    private static final long PATIENCE_SECONDS = 10;

    private final ChainFixture fixture = new ChainFixture(2).with("token", context -> IDENTIFIED);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void check_thatThrows_fails() {
        fixture.with("broken", context -> {
            throw new IllegalStateException("a bug");
        });

        assertThat(failure()).extracting(Failure::check, Failure::kind).containsExactly("broken", Failure.Kind.THREW);
    }

    @Test
    void check_thatCannotBeLinked_fails() {
        fixture.with("broken", context -> {
            throw new NoClassDefFoundError("a/library/that/is/missing");
        });

        assertThat(failure().kind()).isEqualTo(Failure.Kind.THREW);
    }

    @Test
    @SuppressWarnings("NullAway") // the point of the test
    void check_thatAnswersNull_fails() {
        fixture.with("broken", context -> null);

        assertThat(failure().kind()).isEqualTo(Failure.Kind.NO_ANSWER);
    }

    @Test
    void check_whoseBackEndIsDown_failsForNow() {
        fixture.with("pairing", context -> {
            throw new TemporarilyUnavailable("database is down", new IllegalStateException());
        });

        assertThat(failure().kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
        assertThat(failure().kind().passesByItself()).isTrue();
    }

    @Test
    void check_thatHangs_failsAtItsDeadlineAndIsInterrupted() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        fixture.with("hanging", context -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return IDENTIFIED;
        });

        assertThat(failure())
                .extracting(Failure::check, Failure::kind)
                .containsExactly("hanging", Failure.Kind.TIMED_OUT);
        assertThat(interrupted.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void checks_thatHangAndIgnoreInterrupts_useUpTheThreadsAndAdmitNobody() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        fixture.with("hanging", context -> {
            awaitStubbornly(release);
            return IDENTIFIED;
        });
        AdmissionChain chain = fixture.chain();

        List<CompletableFuture<Decision>> decisions = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            decisions.add(chain.atUpgrade(ConnectFixture.cli().upgrade())
                    .connect(ConnectFixture.cli().connect()));
        }

        try {
            assertThat(decisions)
                    .allSatisfy(decision -> assertThat(decision.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                                    .join())
                            .isInstanceOf(Decision.Failed.class));
        } finally {
            release.countDown();
        }
    }

    @Test
    void examiners_thatAreClosed_admitNobody() {
        AdmissionChain chain = fixture.chain();
        fixture.close();

        assertThat(ChainFixture.decide(chain, ConnectFixture.cli())).isInstanceOf(Decision.Failed.class);
    }

    @Test
    void check_thatHangsAtUpgrade_failsTheConnection() {
        fixture.withAtUpgrade("hanging", context -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Verdict.pass();
        });

        assertThat(failure().check()).isEqualTo("hanging");
    }

    private Failure failure() {
        Decision decision = fixture.decide(ConnectFixture.cli());
        assertThat(decision).isInstanceOf(Decision.Failed.class);
        return ((Decision.Failed) decision).failure();
    }

    private static void awaitStubbornly(CountDownLatch release) {
        while (true) {
            try {
                release.await();
                return;
            } catch (InterruptedException ignored) {
                // a check that does not listen
            }
        }
    }
}
