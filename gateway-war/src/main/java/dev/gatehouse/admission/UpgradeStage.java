package dev.gatehouse.admission;

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

    private final AdmissionChain chain;
    private final UpgradeContext context;
    private final CompletableFuture<Findings> findings;

    UpgradeStage(AdmissionChain chain, UpgradeContext context, CompletableFuture<Findings> findings) {
        this.chain = chain;
        this.context = context;
        this.findings = findings;
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
