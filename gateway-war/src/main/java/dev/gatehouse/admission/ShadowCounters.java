package dev.gatehouse.admission;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;

/** Compares what one shadow check would have done with what was decided. Thread-safe; bounded. */
final class ShadowCounters {

    private static final int CODES_MAX = 32;
    private static final int EXAMPLES_MAX = 20;

    private final Clock clock;

    // guarded by this
    private final Map<String, Long> vetoes = new HashMap<>();
    private final Deque<ShadowFigures.Example> examples = new ArrayDeque<>();
    private final RefusedOrigins origins;
    private long examined;
    private long notExamined;
    private long agreed;
    private long wouldHaveVetoed;
    private long wouldHaveLetIn;
    private long failed;

    ShadowCounters(String check, Clock clock) {
        this.clock = clock;
        this.origins = new RefusedOrigins(check);
    }

    synchronized void addNotExamined() {
        notExamined++;
    }

    /** Counts what the check found about a connection that was admitted or refused without it. */
    synchronized void add(ConnectContext context, boolean isAdmitted, Findings findings) {
        Optional<Failure> failure = findings.failure();
        if (failure.isPresent()) {
            addFailure(failure.get());
            return;
        }
        examined++;
        Optional<VetoReason> veto = findings.veto();
        veto.ifPresent(reason -> countCode(reason.code()));
        if (isAdmitted == veto.isEmpty()) {
            agreed++;
        } else if (isAdmitted) {
            wouldHaveVetoed++;
            veto.ifPresent(reason -> keep(context, reason));
        } else {
            wouldHaveLetIn++;
        }
    }

    synchronized ShadowFigures figures() {
        return new ShadowFigures(
                examined,
                notExamined,
                agreed,
                wouldHaveVetoed,
                wouldHaveLetIn,
                failed,
                vetoes,
                List.copyOf(examples),
                origins.list(),
                origins.others());
    }

    /** That nobody was free to ask the check says nothing about the check. */
    private void addFailure(Failure failure) {
        switch (failure.kind()) {
            case OVERLOADED, CIRCUIT_OPEN -> notExamined++;
            case THREW, NO_ANSWER, TIMED_OUT, UNAVAILABLE -> failed++;
        }
    }

    private void countCode(String code) {
        boolean isCounted = vetoes.containsKey(code) || vetoes.size() < CODES_MAX;
        vetoes.merge(isCounted ? code : ShadowFigures.OTHER_CODES, 1L, Long::sum);
    }

    private void keep(ConnectContext context, VetoReason reason) {
        keepExample(context, reason);
        if (reason.effect() == Effect.ALLOW_ORIGIN) {
            context.upgrade().origin().ifPresent(origin -> origins.add(origin, clock.instant()));
        }
    }

    private void keepExample(ConnectContext context, VetoReason reason) {
        if (examples.size() == EXAMPLES_MAX) {
            examples.removeLast();
        }
        examples.addFirst(new ShadowFigures.Example(
                clock.instant(),
                context.upgrade().connectionId(),
                context.upgrade().address().getHostAddress(),
                context.client().id() + "/" + context.client().mode(),
                context.device().map(DeviceProof.Verified::deviceId),
                reason.code(),
                reason.message()));
    }
}
