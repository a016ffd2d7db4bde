package dev.gatehouse.management;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.admission.Decision;
import dev.gatehouse.admission.Explanation;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.VetoReason;

/** What a chain would decide about a connection and why, as the API shows it. */
record ExplanationView(
        String decision,
        Optional<IdentityView> identity,
        Optional<List<String>> scopes,
        Optional<ReasonView> reason,
        Optional<String> failure,
        List<AnswerView> checks) {

    /** Who a client is, and how that was proven. */
    record IdentityView(String method, String subject) {

        static IdentityView of(Identity identity) {
            return new IdentityView(identity.method(), identity.subject());
        }
    }

    /** Why a client is refused. */
    record ReasonView(
            String code,
            String message,
            String effect,
            String retry,
            Optional<Long> retryAfterMs,
            Map<String, Object> details,
            List<String> fixes) {

        static ReasonView of(VetoReason reason) {
            String retry = "never";
            Optional<Long> delay = Optional.empty();
            if (reason.retry() instanceof VetoReason.Retry.After after) {
                retry = "after-a-time";
                delay = Optional.of(after.delay().toMillis());
            }
            if (reason.retry() instanceof VetoReason.Retry.AfterApproval approval) {
                retry = "after-approval";
                delay = Optional.of(approval.pollEvery().toMillis());
            }
            return new ReasonView(
                    reason.code(),
                    reason.message(),
                    CheckView.written(reason.effect()),
                    retry,
                    delay,
                    reason.details(),
                    reason.fixes());
        }
    }

    /**
     * One check's answer at one stage.
     *
     * @param counted whether the decision rests on it
     */
    record AnswerView(
            String stage,
            String check,
            String mode,
            boolean counted,
            String answer,
            Optional<ReasonView> reason,
            Optional<IdentityView> identity,
            Optional<List<String>> scopes,
            Optional<String> failure,
            long tookMicros) {

        static AnswerView of(Explanation.Explained answer) {
            return new AnswerView(
                    CheckView.written(answer.stage()),
                    answer.check(),
                    CheckView.written(answer.mode()),
                    answer.isCounted(),
                    CheckView.written(answer.answer()),
                    answer.reason().map(ReasonView::of),
                    answer.identity().map(IdentityView::of),
                    answer.scopes().map(Scopes::asList),
                    answer.failure(),
                    answer.took().toNanos() / 1000);
        }
    }

    static ExplanationView of(Explanation explanation) {
        List<AnswerView> checks =
                explanation.answers().stream().map(AnswerView::of).toList();
        Decision decision = explanation.decision();
        if (decision instanceof Decision.Admitted admitted) {
            return new ExplanationView(
                    "admitted",
                    Optional.of(IdentityView.of(admitted.identity())),
                    Optional.of(admitted.scopes().asList()),
                    Optional.empty(),
                    Optional.empty(),
                    checks);
        }
        if (decision instanceof Decision.Refused refused) {
            return refused(ReasonView.of(refused.reason()), checks);
        }
        Decision.Failed failed = (Decision.Failed) decision;
        String failure =
                "check '" + failed.failure().check() + "' " + failed.failure().summary();
        return new ExplanationView(
                "failed", Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(failure), checks);
    }

    private static ExplanationView refused(ReasonView reason, List<AnswerView> checks) {
        return new ExplanationView(
                "refused", Optional.empty(), Optional.empty(), Optional.of(reason), Optional.empty(), checks);
    }
}
