package dev.gatehouse.admission;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.VetoReason;

/**
 * A connection between its upgrade and its connect frame: the facts of the upgrade, and what the chain that it started
 * on has found so far. Safe for concurrent use.
 */
public final class UpgradeStage {

    private static final String KEY = UpgradeStage.class.getName();

    private final AdmissionChain chain;
    private final UpgradeContext context;
    private final CompletableFuture<Findings> findings;

    UpgradeStage(AdmissionChain chain, UpgradeContext context, CompletableFuture<Findings> findings) {
        this.chain = chain;
        this.context = context;
        this.findings = findings;
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

    /**
     * Goes on with the connect stage, on the chain that the connection started on.
     *
     * @return the decision; completed on a thread of the gateway, never exceptionally but for a bug of the gateway
     */
    public CompletableFuture<Decision> connect(ConnectContext connect) {
        return chain.atConnect(findings, connect);
    }

    /** The veto of the upgrade stage, if it is done and there was one: for a client that sends no connect frame. */
    public Optional<VetoReason> veto() {
        return Optional.ofNullable(findings.getNow(null)).flatMap(Findings::veto);
    }
}
