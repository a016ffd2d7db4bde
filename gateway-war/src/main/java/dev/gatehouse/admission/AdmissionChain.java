package dev.gatehouse.admission;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.gatehouse.admission.Trace.Stage;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.UpgradeContext;

/**
 * The checks that the operator named, in the operator's order. Immutable and safe for concurrent use.
 *
 * <p>A connection is admitted when no check vetoed, none failed, the device proof is not faulty, and at least one check
 * identified the client. The checks of a stage run one after the other on a thread of {@link Examiners}; no thread of
 * the container waits for them.
 */
public final class AdmissionChain implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(AdmissionChain.class.getName());

    private final List<NamedCheck> checks;
    private final List<NamedCheck> upgradeChecks;
    private final List<NamedCheck> connectChecks;
    private final AdmissionSettings settings;
    private final Examiners examiners;

    /**
     * A chain of these checks, which it closes when it is closed.
     *
     * @throws IllegalArgumentException when there is no check: such a chain could never say who a client is
     */
    public AdmissionChain(List<NamedCheck> checks, AdmissionSettings settings, Examiners examiners) {
        if (checks.isEmpty()) {
            throw new IllegalArgumentException("a chain without checks admits nobody");
        }
        this.checks = List.copyOf(checks);
        this.upgradeChecks =
                checks.stream().filter(NamedCheck::examinesUpgrades).toList();
        this.connectChecks =
                checks.stream().filter(NamedCheck::examinesConnects).toList();
        this.settings = settings;
        this.examiners = examiners;
    }

    /** The names of the checks, in order. */
    public List<String> names() {
        return checks.stream().map(NamedCheck::name).toList();
    }

    /** Starts the upgrade stage of one connection, and returns at once. */
    public UpgradeStage atUpgrade(UpgradeContext context) {
        Examination examination = new Examination(
                Stage.UPGRADE,
                upgradeChecks,
                findings -> check -> check.atUpgrade(context),
                Findings.NONE,
                settings,
                examiners::stalledNanos);
        return new UpgradeStage(this, context, start(examination));
    }

    /** Starts the connect stage once the upgrade stage is done; called by {@link UpgradeStage}. */
    CompletableFuture<Decision> atConnect(CompletableFuture<Findings> upgrade, ConnectContext context) {
        return upgrade.thenCompose(before -> {
                    if (before.isFinal()) {
                        return CompletableFuture.completedFuture(before);
                    }
                    return start(new Examination(
                            Stage.CONNECT,
                            connectChecks,
                            findings -> question(context, findings),
                            before,
                            settings,
                            examiners::stalledNanos));
                })
                .thenApply(findings -> findings.decide(context));
    }

    private static NamedCheck.Question question(ConnectContext context, Findings findings) {
        ConnectContext known = findings.identity().map(context::identifiedAs).orElse(context);
        return check -> check.atConnect(known);
    }

    private CompletableFuture<Findings> start(Examination examination) {
        examiners.start(examination);
        return examination.result();
    }

    /** Closes the checks. To be called when no connection is on this chain any more. */
    @Override
    public void close() {
        for (NamedCheck check : checks) {
            try {
                check.check().close();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "check '" + check.name() + "' threw while it was closed", e);
            }
        }
    }
}
