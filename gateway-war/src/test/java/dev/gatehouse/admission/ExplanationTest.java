package dev.gatehouse.admission;

import java.util.concurrent.CountDownLatch;

import dev.gatehouse.admission.Explanation.Explained;
import dev.gatehouse.admission.Trace.Answer;
import dev.gatehouse.admission.Trace.Stage;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What every check says about a connection, and what would be decided. */
class ExplanationTest {

    private static final Identity OWNER = new Identity(Identity.TOKEN, "gateway");
    private static final Verdict IDENTIFIED = Verdict.identified(OWNER, Scopes.of(Scopes.ADMIN));
    private static final VetoReason REASON = VetoReason.of(
                    "BAD_ORIGIN", VetoReason.Effect.ALLOW_ORIGIN, "not from here")
            .withFix("allow it");

    private final ChainFixture fixture = new ChainFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void everyCheck_isAsked_alsoAfterTheVetoThatDecides() {
        fixture.withAtUpgrade("origin", context -> Verdict.veto(REASON))
                .withShadow("hours", context -> Verdict.pass())
                .with("token", context -> IDENTIFIED)
                .with("limit", context -> Verdict.limit(Scopes.of("operator.read")));

        Explanation explanation = explain();

        assertThat(explanation.answers())
                .extracting(
                        Explained::stage, Explained::check, Explained::mode, Explained::isCounted, Explained::answer)
                .containsExactly(
                        tuple(Stage.UPGRADE, "origin", Mode.ENFORCE, true, Answer.VETO),
                        tuple(Stage.CONNECT, "hours", Mode.SHADOW, false, Answer.PASS),
                        tuple(Stage.CONNECT, "token", Mode.ENFORCE, false, Answer.IDENTIFIED),
                        tuple(Stage.CONNECT, "limit", Mode.ENFORCE, false, Answer.PASS));
        assertThat(explanation.decision())
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(REASON));
        assertThat(explanation.answers().get(0).reason()).contains(REASON);
        assertThat(explanation.answers().get(2).identity()).contains(OWNER);
        assertThat(explanation.answers().get(3).scopes()).contains(Scopes.of("operator.read"));
    }

    @Test
    void decision_isTheOneOfTheNormalRule() {
        fixture.with("first", context -> Verdict.absent(REASON))
                .withShadow("veto", context -> Verdict.veto(REASON))
                .with("token", context -> IDENTIFIED);

        Decision normal = fixture.decide(ConnectFixture.cli());
        Decision explained = explain().decision();

        assertThat(explained).isInstanceOfSatisfying(Decision.Admitted.class, admitted -> {
            assertThat(admitted.identity()).isEqualTo(((Decision.Admitted) normal).identity());
            assertThat(admitted.scopes()).isEqualTo(((Decision.Admitted) normal).scopes());
        });
        assertThat(explained.trace().entries()).extracting(Trace.Entry::check).containsExactly("first", "token");
    }

    @Test
    void identity_isKnownToTheChecksAfterIt_alsoAfterAVeto() {
        fixture.withShadow("before", context -> vetoIfKnown(context.identity().isPresent()))
                .with("ban", context -> Verdict.veto(REASON))
                .with("token", context -> IDENTIFIED)
                .withShadow("after", context -> vetoIfKnown(context.identity().isPresent()))
                .with("pairing", context -> vetoIfKnown(context.identity().isPresent()));

        assertThat(explain().answers())
                .extracting(Explained::answer)
                .containsExactly(Answer.PASS, Answer.VETO, Answer.IDENTIFIED, Answer.VETO, Answer.VETO);
    }

    @Test
    void check_thatFails_isExplainedInOneLine_andTheOthersAreAskedAllTheSame() {
        fixture.with("broken", context -> {
                    throw new IllegalStateException("a bug");
                })
                .with("token", context -> IDENTIFIED);

        Explanation explanation = explain();

        assertThat(explanation.decision()).isInstanceOf(Decision.Failed.class);
        assertThat(explanation.answers())
                .extracting(Explained::answer, Explained::isCounted)
                .containsExactly(tuple(Answer.FAILED, true), tuple(Answer.IDENTIFIED, false));
        assertThat(explanation.answers().get(0).failure()).contains("threw java.lang.IllegalStateException: a bug");
    }

    @Test
    void check_thatHangs_isNotWaitedFor() {
        fixture.with("hanging", context -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return IDENTIFIED;
                })
                .with("token", context -> IDENTIFIED);

        assertThat(explain().answers()).extracting(Explained::answer).containsExactly(Answer.FAILED, Answer.IDENTIFIED);
    }

    @Test
    void explaining_countsNothing_andOpensNoBreaker() {
        fixture.breakerFailures(1)
                .with("broken", context -> {
                    throw new IllegalStateException("a bug");
                })
                .withShadow("hours", context -> Verdict.veto(REASON));
        AdmissionChain chain = fixture.chain();

        chain.explain(ConnectFixture.cli().connect());
        chain.explain(ConnectFixture.cli().connect());

        assertThat(chain.figures()).allSatisfy(figures -> {
            assertThat(figures.asked()).isZero();
            assertThat(figures.notAsked()).isZero();
            assertThat(figures.lastFailure()).isEmpty();
            assertThat(figures.breaker()).isEqualTo(CheckFigures.Breaker.CLOSED);
        });
        assertThat(chain.figures().get(1).shadow())
                .hasValueSatisfying(shadow -> assertThat(shadow.examined()).isZero());
        chain.close();
    }

    private Explanation explain() {
        AdmissionChain chain = fixture.chain();
        try {
            return chain.explain(
                    ConnectFixture.cli().withScopes("operator.read").connect());
        } finally {
            chain.close();
        }
    }

    private static Verdict vetoIfKnown(boolean isKnown) {
        return isKnown ? Verdict.veto(REASON) : Verdict.pass();
    }
}
