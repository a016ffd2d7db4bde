package dev.gatehouse.admission;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import dev.gatehouse.admission.Trace.Stage;
import dev.gatehouse.spi.ConnectContext;

/**
 * Asks the shadow checks of a chain what they would have said, once a connection is decided, and compares.
 *
 * <p>Each is examined on its own: its upgrade stage and then its connect stage, until its first veto or failure. It
 * knows the identity that an enforced check before it has proven, as it would in its place in the chain. The
 * threads are few and its own, and the queue is short: under load, connections go unexamined, and none is decided
 * later or otherwise. Thread-safe.
 */
final class ShadowChecks implements AutoCloseable {

    private static final int THREADS = 2;
    private static final int WAITING_MAX = 64;

    private final List<ShadowCheck> checks;
    private final AdmissionSettings settings;
    private final OpenStages stages;
    private final Optional<Examiners> examiners;

    /** A check, and the names of the enforced checks before it. */
    private record ShadowCheck(Link link, Set<String> before, ShadowCounters counters) {}

    /** The shadow checks among the links of a chain; threads are there only if there is one. */
    ShadowChecks(List<Link> chain, AdmissionSettings settings, OpenStages stages, Clock clock) {
        checks = shadowsOf(chain, clock);
        this.settings = settings;
        this.stages = stages;
        examiners = checks.isEmpty()
                ? Optional.empty()
                : Optional.of(new Examiners(THREADS, WAITING_MAX, "gatehouse-shadow-"));
    }

    /** Starts to examine a connection that is decided, and returns at once. A failed decision compares with nothing. */
    void examine(ConnectContext context, Findings enforced, Decision decision) {
        if (decision instanceof Decision.Failed) {
            return;
        }
        boolean isAdmitted = decision instanceof Decision.Admitted;
        examiners.ifPresent(threads -> checks.forEach(check -> examine(threads, check, context, enforced, isAdmitted)));
    }

    /** By the name of the check. */
    Map<String, ShadowFigures> figures() {
        Map<String, ShadowFigures> figures = new HashMap<>();
        checks.forEach(
                check -> figures.put(check.link().name(), check.counters().figures()));
        return figures;
    }

    @Override
    public void close() {
        examiners.ifPresent(Examiners::close);
    }

    /** As long as it lasts, the chain is not idle: its plugins must not be unloaded. */
    private void examine(
            Examiners threads, ShadowCheck check, ConnectContext context, Findings enforced, boolean isAdmitted) {
        if (!stages.tryBegin()) {
            check.counters().addNotExamined();
            return;
        }
        ConnectContext known =
                enforced.identityBy(check.before()).map(context::identifiedAs).orElse(context);
        var unused = atStage(threads, check, Stage.UPGRADE, Findings.NONE, known)
                .thenCompose(found -> atStage(threads, check, Stage.CONNECT, found, known))
                .thenAccept(found -> check.counters().add(context, isAdmitted, found))
                .whenComplete((done, thrown) -> stages.end());
    }

    private CompletableFuture<Findings> atStage(
            Examiners threads, ShadowCheck check, Stage stage, Findings before, ConnectContext context) {
        if (before.isFinal() || !check.link().examines(stage)) {
            return CompletableFuture.completedFuture(before);
        }
        return threads.start(new Examination(
                stage,
                List.of(check.link()),
                stage == Stage.UPGRADE
                        ? Examination.atUpgrade(context.upgrade())
                        : identity -> asked -> asked.atConnect(context),
                before,
                settings,
                threads::stalledNanos));
    }

    private static List<ShadowCheck> shadowsOf(List<Link> chain, Clock clock) {
        List<ShadowCheck> shadows = new ArrayList<>();
        Set<String> enforced = new HashSet<>();
        for (Link link : chain) {
            if (link.isEnforced()) {
                enforced.add(link.name());
            } else {
                shadows.add(new ShadowCheck(link, Set.copyOf(enforced), new ShadowCounters(link.name(), clock)));
            }
        }
        return shadows;
    }
}
