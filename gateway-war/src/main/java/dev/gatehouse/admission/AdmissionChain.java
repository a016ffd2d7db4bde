package dev.gatehouse.admission;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import dev.gatehouse.admission.Trace.Stage;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.UpgradeContext;

/**
 * The checks that the operator named, in the operator's order. Safe for concurrent use; what it consists of never changes.
 *
 * <p>A connection is admitted when no enforced check vetoed, none failed, the device proof is not faulty, and at least
 * one enforced check identified the client. The checks of a stage run one after the other on a thread of {@link
 * Examiners}; no thread of the container waits for them.
 *
 * <p>A chain ends in three steps: another one takes its place; it is {@linkplain #retire retired}; and when the last
 * connection that started on it is decided, it is {@linkplain #idle idle}, and may be closed.
 */
public final class AdmissionChain implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(AdmissionChain.class.getName());

    private final List<Link> links;
    private final List<Link> upgradeLinks;
    private final List<Link> connectLinks;
    private final List<String> enforcedNames;
    private final AdmissionSettings settings;
    private final Examiners examiners;
    private final OpenStages stages = new OpenStages();
    private final ShadowChecks shadows;
    private final ChainMark mark = new ChainMark();

    /** The checks that could not say what they identify by when they were asked last. */
    private final Set<String> silent = ConcurrentHashMap.newKeySet();

    /**
     * A chain of these checks, which it closes when it is closed.
     *
     * @throws IllegalArgumentException when no check is enforced: such a chain could never say who a client is; or when
     *     two have the same name
     */
    public AdmissionChain(List<NamedCheck> checks, AdmissionSettings settings, Examiners examiners) {
        this(checks, settings, examiners, Clock.systemUTC(), System::nanoTime);
    }

    AdmissionChain(
            List<NamedCheck> checks,
            AdmissionSettings settings,
            Examiners examiners,
            Clock clock,
            LongSupplier nanoTime) {
        requireEnforced(checks);
        requireDistinct(checks);
        links = checks.stream()
                .map(check -> new Link(check, settings, clock, nanoTime))
                .toList();
        upgradeLinks = enforcedAt(Stage.UPGRADE);
        connectLinks = enforcedAt(Stage.CONNECT);
        enforcedNames = links.stream().filter(Link::isEnforced).map(Link::name).toList();
        this.settings = settings;
        this.examiners = examiners;
        shadows = new ShadowChecks(links, settings, stages, clock);
    }

    /**
     * Starts the upgrade stage of one connection on the chain in force, and returns at once.
     *
     * @param inForce the chain in force; asked again when the chain it named was retired at the same moment
     */
    public static UpgradeStage begin(Supplier<AdmissionChain> inForce, UpgradeContext context) {
        AdmissionChain chain = inForce.get();
        while (!chain.stages.tryBegin()) {
            AdmissionChain next = inForce.get();
            if (next == chain) { // retired without a successor, as the gateway stops; it is still the one that decides
                chain.stages.begin();
                break;
            }
            chain = next;
        }
        return chain.examineUpgrade(context);
    }

    /** The names of all checks, in order. */
    public List<String> names() {
        return links.stream().map(Link::name).toList();
    }

    /** The names of the checks that decide, in order. */
    public List<String> enforcedNames() {
        return enforcedNames;
    }

    /** What the checks that decide identify clients by now; may block, as long as plugins may. */
    public Fingerprints fingerprints() {
        Map<String, Optional<String>> names = new LinkedHashMap<>();
        links.stream().filter(Link::isEnforced).forEach(link -> names.put(link.name(), fingerprint(link)));
        return new Fingerprints(names);
    }

    private Optional<String> fingerprint(Link link) {
        try {
            Optional<String> name = link.named().check().fingerprint();
            silent.remove(link.name());
            return name;
        } catch (RuntimeException | LinkageError e) {
            if (silent.add(link.name())) { // once, for it is asked every second
                LOG.log(System.Logger.Level.WARNING, "check '" + link.name() + "' cannot say what it identifies by", e);
            }
            return Optional.empty();
        }
    }

    /** What each check was asked and answered so far, in order. */
    public List<CheckFigures> figures() {
        Map<String, ShadowFigures> compared = shadows.figures();
        return links.stream()
                .map(link -> link.figures(Optional.ofNullable(compared.get(link.name()))))
                .toList();
    }

    /** Starts the upgrade stage of one connection on this chain, even if it is retired, and returns at once. */
    public UpgradeStage atUpgrade(UpgradeContext context) {
        stages.begin();
        return examineUpgrade(context);
    }

    private UpgradeStage examineUpgrade(UpgradeContext context) {
        Examination examination = new Examination(
                Stage.UPGRADE,
                upgradeLinks,
                Examination.atUpgrade(context),
                Findings.NONE,
                settings,
                examiners::stalledNanos);
        return new UpgradeStage(this, context, examiners.start(examination));
    }

    /** Starts the connect stage once the upgrade stage is done; called by {@link UpgradeStage}. */
    CompletableFuture<Decision> atConnect(CompletableFuture<Findings> upgrade, ConnectContext context) {
        CompletableFuture<Findings> found = upgrade.thenCompose(before -> {
            if (before.isFinal()) {
                return CompletableFuture.completedFuture(before);
            }
            return examiners.start(new Examination(
                    Stage.CONNECT,
                    connectLinks,
                    Examination.atConnect(context),
                    before,
                    settings,
                    examiners::stalledNanos));
        });
        CompletableFuture<Decision> decision = found.thenApply(findings -> findings.decide(context));
        // On a branch of its own: whatever becomes of it, the decision stands.
        var unused = decision.thenAcceptBoth(found, (made, findings) -> shadows.examine(context, findings, made));
        return decision;
    }

    /**
     * Asks every check about a connection, also those that the decision does not depend on. Nothing is counted; whether
     * anything else happens depends on the doors that the checks were given.
     *
     * <p>Blocks until every check has answered or run out of time: twice the chain deadline for each check at the most.
     *
     * @param context the connection, with the facts of its upgrade; nobody has identified it yet
     */
    public Explanation explain(ConnectContext context) {
        return new Explainer(settings, examiners, context).explain(links);
    }

    /**
     * Asks the checks that judge upgrades, at both stages, about a connection that was decided before; the rest is as in
     * {@link #explain}.
     *
     * @param context the facts of the connection
     */
    public Explanation explainUpgrade(ConnectContext context) {
        return new Explainer(settings, examiners, context)
                .explain(links.stream()
                        .filter(link -> link.examines(Stage.UPGRADE))
                        .toList());
    }

    /** Stands for this chain with whoever must not hold it. */
    public ChainMark mark() {
        return mark;
    }

    /** Takes no connection any more that comes through {@link #begin}. To be called after another chain took its place. */
    public void retire() {
        stages.retire();
    }

    /**
     * Completes when the chain is retired and every connection that started on it is decided or gone. It may never do so,
     * see {@link UpgradeStage}.
     */
    public CompletableFuture<Void> idle() {
        return stages.idle();
    }

    /** How many connections are being decided on this chain. */
    public long underWay() {
        return stages.count();
    }

    /** A connection is decided or gone; called by {@link UpgradeStage}. */
    void stageEnded() {
        stages.end();
    }

    /** Closes the checks. To be called when no connection is on this chain any more. */
    @Override
    public void close() {
        shadows.close();
        for (Link link : links) {
            try {
                link.named().check().close();
            } catch (RuntimeException | Error e) { // whatever a plugin throws, the other checks are closed as well
                LOG.log(System.Logger.Level.WARNING, "check '" + link.name() + "' threw while it was closed", e);
            }
        }
    }

    private List<Link> enforcedAt(Stage stage) {
        return links.stream()
                .filter(link -> link.isEnforced() && link.examines(stage))
                .toList();
    }

    private static void requireEnforced(List<NamedCheck> checks) {
        if (checks.stream().noneMatch(NamedCheck::isEnforced)) {
            throw new IllegalArgumentException("a chain without enforced checks admits nobody");
        }
    }

    private static void requireDistinct(List<NamedCheck> checks) {
        Set<String> names = new HashSet<>();
        List<String> repeated = new ArrayList<>();
        for (NamedCheck check : checks) {
            if (!names.add(check.name())) {
                repeated.add(check.name());
            }
        }
        if (!repeated.isEmpty()) {
            throw new IllegalArgumentException("checks are in the chain twice: " + repeated);
        }
    }
}
