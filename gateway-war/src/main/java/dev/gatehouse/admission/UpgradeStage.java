package dev.gatehouse.admission;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.VetoReason;
import org.jspecify.annotations.Nullable;

/**
 * A connection between its upgrade and its decision: the facts of the upgrade, and what the chain that it started on has
 * found so far. Safe for concurrent use.
 *
 * <p>An open stage keeps its chain from being idle. Whoever takes the stage closes it when the connection is decided or
 * gone. A stage that nobody takes, because the container never opened the socket, stays open for ever; so a retired
 * chain is ended in any case once every handshake on it must be decided: after the handshake's time-out, the deadlines of
 * both stages, and some slack.
 */
public final class UpgradeStage implements AutoCloseable {

    private static final String KEY = UpgradeStage.class.getName();

    /** Empty once it is closed: a live session remembers its stage, and must not keep plugins from being unloaded. */
    private final AtomicReference<@Nullable AdmissionChain> chain;

    private final List<String> deciding;
    private final ChainMark mark;
    private final UpgradeContext context;
    private final CompletableFuture<Findings> findings;
    private volatile CompletableFuture<?> underWay;

    UpgradeStage(AdmissionChain chain, UpgradeContext context, CompletableFuture<Findings> findings) {
        this.chain = new AtomicReference<>(chain);
        this.deciding = chain.enforcedNames();
        this.mark = chain.mark();
        this.context = context;
        this.findings = findings;
        this.underWay = findings;
    }

    /** Takes the stage that a handshake left among the properties of its connection; there is at most one. */
    public static Optional<UpgradeStage> takeFrom(Map<String, Object> properties) {
        return properties.remove(KEY) instanceof UpgradeStage stage ? Optional.of(stage) : Optional.empty();
    }

    /** Leaves this stage among the properties of the connection, for the endpoint to take. */
    public void putInto(Map<String, Object> properties) {
        properties.put(KEY, this);
    }

    public UpgradeContext context() {
        return context;
    }

    /** Whether a check of this name decides about this connection. */
    public boolean isDecidedBy(String check) {
        return deciding.contains(check);
    }

    /** The chain that decides about this connection, also once it has. */
    public ChainMark mark() {
        return mark;
    }

    /**
     * Goes on with the connect stage, on the chain that the connection started on. To be called once.
     *
     * @return the decision; completed on a thread of the gateway, never exceptionally but for a bug of the gateway
     * @throws IllegalStateException when the stage is closed
     */
    public CompletableFuture<Decision> connect(ConnectContext connect) {
        AdmissionChain open = chain.get();
        if (open == null) {
            throw new IllegalStateException("the connection is decided or gone");
        }
        CompletableFuture<Decision> decision = open.atConnect(findings, connect);
        underWay = decision;
        return decision;
    }

    /** The veto of the upgrade stage, if it is done and there was one: for a client that sends no connect frame. */
    public Optional<VetoReason> veto() {
        return Optional.ofNullable(findings.getNow(null)).flatMap(Findings::veto);
    }

    /** What the checks of the upgrade stage said, if it is done. */
    public Trace trace() {
        return Optional.ofNullable(findings.getNow(null))
                .map(found -> Trace.of(found.replies()))
                .orElseGet(() -> new Trace(List.of()));
    }

    /**
     * Says that nobody waits for this connection's decision any more. Closing again does nothing.
     *
     * <p>The chain counts the connection until the checks that are being asked about it have answered or run out of time.
     */
    @Override
    public void close() {
        AdmissionChain open = chain.getAndSet(null);
        if (open != null) {
            var unused = underWay.whenComplete((done, thrown) -> open.stageEnded());
        }
    }
}
