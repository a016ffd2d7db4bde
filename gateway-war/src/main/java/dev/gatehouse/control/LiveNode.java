package dev.gatehouse.control;

import java.time.Instant;
import java.util.Optional;

import dev.gatehouse.device.NodeClaim;
import dev.gatehouse.device.NodeSurface;
import dev.gatehouse.device.NodeSurfaces;

/**
 * One connection of a node, and what the node may be used for over it. Safe for concurrent use.
 */
final class LiveNode {

    private final String connectionId;
    private final NodeClaim claim;
    private final Optional<String> pathEnv;
    private final Instant connectedAt;

    private volatile NodeSurface inForce = NodeSurface.NONE;
    private volatile boolean isGone;
    private volatile Optional<HostStats> hostStats = Optional.empty();

    /** A connection over which the node may be used for nothing yet. */
    LiveNode(String connectionId, NodeClaim claim, Optional<String> pathEnv, Instant connectedAt) {
        this.connectionId = connectionId;
        this.claim = claim;
        this.pathEnv = pathEnv;
        this.connectedAt = connectedAt;
    }

    String connectionId() {
        return connectionId;
    }

    String nodeId() {
        return claim.deviceId();
    }

    /** What the node said when it connected. */
    NodeClaim claim() {
        return claim;
    }

    Optional<String> pathEnv() {
        return pathEnv;
    }

    Instant connectedAt() {
        return connectedAt;
    }

    /** What of its declaration is in force. */
    NodeSurface inForce() {
        return inForce;
    }

    /** Looks again at what is in force. One thread at a time, so that nobody puts an older look in place of a newer. */
    synchronized void refresh(NodeSurfaces surfaces) {
        inForce = surfaces.inForce(nodeId(), claim.surface());
    }

    Optional<HostStats> hostStats() {
        return hostStats;
    }

    void report(HostStats stats) {
        hostStats = Optional.of(stats);
    }

    /** Nothing is asked of the node over this connection any more. */
    void gone() {
        isGone = true;
    }

    boolean isGone() {
        return isGone;
    }
}
