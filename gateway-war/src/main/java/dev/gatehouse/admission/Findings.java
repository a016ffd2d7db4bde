package dev.gatehouse.admission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.admission.Trace.Answer;
import dev.gatehouse.admission.Trace.Stage;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;

/**
 * What the checks asked so far have said about one connection. Immutable; each answer gives new findings.
 *
 * @param identity the first identification
 * @param ceilings what every proposal and every limit allows
 * @param absent the first credential found absent
 * @param veto the veto that ended the asking
 * @param failure the failure that ended the asking
 * @param trace every answer
 */
record Findings(
        Optional<Identity> identity,
        List<Scopes> ceilings,
        Optional<VetoReason> absent,
        Optional<VetoReason> veto,
        Optional<Failure> failure,
        Trace trace) {

    static final Findings NONE = new Findings(
            Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Trace.EMPTY);

    private static final VetoReason NOBODY_IDENTIFIED = VetoReason.of(
            "NOT_IDENTIFIED", VetoReason.Effect.IDENTIFY, "unauthorized: no admission check identified the client");

    /** Whether no further check needs to be asked. */
    boolean isFinal() {
        return veto.isPresent() || failure.isPresent();
    }

    Findings plus(Stage stage, String check, Verdict verdict, Duration took) {
        if (verdict instanceof Verdict.Pass pass) {
            return new Findings(
                    identity,
                    pass.ceiling().map(this::cut).orElse(ceilings),
                    absent,
                    veto,
                    failure,
                    traced(stage, check, Answer.PASS, Optional.empty(), took));
        }
        if (verdict instanceof Verdict.Identified identified) {
            return new Findings(
                    identity.or(() -> Optional.of(identified.identity())),
                    cut(identified.proposed()),
                    absent,
                    veto,
                    failure,
                    traced(stage, check, Answer.IDENTIFIED, Optional.empty(), took));
        }
        if (verdict instanceof Verdict.Absent missing) {
            return new Findings(
                    identity,
                    ceilings,
                    absent.or(() -> Optional.of(missing.reason())),
                    veto,
                    failure,
                    traced(
                            stage,
                            check,
                            Answer.ABSENT,
                            Optional.of(missing.reason().code()),
                            took));
        }
        Verdict.Veto refusal = (Verdict.Veto) verdict;
        return new Findings(
                identity,
                ceilings,
                absent,
                Optional.of(refusal.reason()),
                failure,
                traced(stage, check, Answer.VETO, Optional.of(refusal.reason().code()), took));
    }

    Findings plus(Stage stage, Failure failed, Duration took) {
        return new Findings(
                identity,
                ceilings,
                absent,
                veto,
                Optional.of(failed),
                traced(
                        stage,
                        failed.check(),
                        Answer.FAILED,
                        Optional.of(failed.kind().name()),
                        took));
    }

    /**
     * The outcome, once every check was asked or one ended the asking.
     *
     * <p>The refusal told is the first objection in chain order; an absent credential is one when nobody identified the
     * client.
     */
    Decision decide(ConnectContext context) {
        if (failure.isPresent()) {
            return new Decision.Failed(failure.get(), trace);
        }
        if (veto.isPresent()) {
            VetoReason told = identity.isEmpty() ? absent.orElse(veto.get()) : veto.get();
            return new Decision.Refused(told, trace);
        }
        if (context.deviceProof() instanceof DeviceProof.Faulty faulty) {
            return new Decision.Refused(faulty.reason(), trace);
        }
        if (identity.isEmpty()) {
            return new Decision.Refused(absent.orElse(NOBODY_IDENTIFIED), trace);
        }
        Scopes effective = context.requestedScopes();
        for (Scopes ceiling : ceilings) {
            effective = effective.cutTo(ceiling);
        }
        return new Decision.Admitted(identity.get(), effective, trace);
    }

    private List<Scopes> cut(Scopes ceiling) {
        List<Scopes> more = new ArrayList<>(ceilings);
        more.add(ceiling);
        return List.copyOf(more);
    }

    private Trace traced(Stage stage, String check, Answer answer, Optional<String> code, Duration took) {
        return trace.with(new Trace.Entry(stage, check, answer, code, took));
    }
}
