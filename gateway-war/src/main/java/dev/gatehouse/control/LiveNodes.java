package dev.gatehouse.control;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.gatehouse.device.Authority;
import dev.gatehouse.device.DeviceEvent;
import dev.gatehouse.device.NodeClaim;
import dev.gatehouse.device.NodeDetails;
import dev.gatehouse.device.NodeSurfaces;
import dev.gatehouse.device.UnknownSurfaceRequest;
import dev.gatehouse.protocol.NodeDeclaration;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.TemporarilyUnavailable;

/**
 * The nodes that are connected, with what each may be used for now (wire reference 7.9).
 *
 * <p>A change of what was approved is in force when the call that made it is answered. Whoever is told that a node is gone
 * has its invocations ended. Safe for concurrent use; may block on the database.
 */
public final class LiveNodes implements Consumer<DeviceEvent> {

    private static final System.Logger LOG = System.getLogger(LiveNodes.class.getName());

    private final NodeSurfaces surfaces;
    private final NodeAllowList allowList;
    private final Invocations invocations;
    private final Clock clock;

    /** By the id of the connection. */
    private final Map<String, LiveNode> connections = new ConcurrentHashMap<>();

    /** By the id of the node, the newest connection last. */
    private final Map<String, List<LiveNode>> nodes = new ConcurrentHashMap<>();

    /**
     * No node is connected yet.
     *
     * @param surfaces what was approved
     * @param allowList what nodes may offer
     * @param invocations what is asked of nodes
     */
    public LiveNodes(NodeSurfaces surfaces, NodeAllowList allowList, Invocations invocations, Clock clock) {
        this.surfaces = surfaces;
        this.allowList = allowList;
        this.invocations = invocations;
        this.clock = clock;
    }

    /**
     * A client is about to be greeted. When it is a node, what it declares is taken note of, and what of it is approved is
     * in force from now on; a node without a device can be used for nothing.
     *
     * @param said what it declares
     * @throws TemporarilyUnavailable when the database cannot answer
     */
    public void join(Caller caller, ConnectContext context, NodeDeclaration said) {
        if (caller.role() != Role.NODE || caller.deviceId().isEmpty()) {
            return;
        }
        String nodeId = caller.deviceId().get();
        NodeClaim claim = new NodeClaim(
                nodeId,
                context.client(),
                new NodeDetails(said.modelIdentifier(), said.coreVersion(), said.uiVersion()),
                context.upgrade().address(),
                context.upgrade().isLocal(),
                allowList.admit(nodeId, context.client(), said));
        LiveNode node = new LiveNode(caller.connectionId(), claim, said.pathEnv(), clock.instant());
        add(node); // first, so that whoever changes something from now on finds it
        boolean isWaiting = surfaces.declare(claim);
        if (isWaiting && caller.method().equals(Identity.BOOTSTRAP_TOKEN)) {
            approveInvited(nodeId);
        }
        LOG.log(Level.DEBUG, "node {0} connected; it waits for approval: {1}", nodeId, isWaiting);
        node.refresh(surfaces);
    }

    /** Whoever invited a node decided about its surface with that (wire reference 7.8). */
    private void approveInvited(String nodeId) {
        try {
            surfaces.approve(Authority.gateway(), nodeId);
        } catch (UnknownSurfaceRequest e) {
            LOG.log(Level.DEBUG, "somebody decided about the surface of node {0} meanwhile", nodeId);
        }
    }

    /** A client is gone; nothing happens when it was no node. */
    public void leave(String connectionId) {
        Optional.ofNullable(connections.get(connectionId)).ifPresent(node -> {
            remove(node);
            invocations.nodeGone(connectionId);
        });
    }

    @Override
    public void accept(DeviceEvent event) {
        if (event instanceof DeviceEvent.SurfaceApproved approved) {
            connectionsOf(approved.deviceId()).forEach(this::refresh);
        }
        if (event instanceof DeviceEvent.SurfaceWithdrawn
                || event instanceof DeviceEvent.NodeRemoved
                || event instanceof DeviceEvent.DeviceRemoved
                || (event instanceof DeviceEvent.TokenRevoked revoked && revoked.role() == Role.NODE)) {
            withdraw(event.deviceId());
        }
    }

    /** The newest connection of a node. */
    Optional<LiveNode> newest(String nodeId) {
        List<LiveNode> all = connectionsOf(nodeId);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** The connections of a node, the newest last. */
    List<LiveNode> connectionsOf(String nodeId) {
        return nodes.getOrDefault(nodeId, List.of());
    }

    Optional<LiveNode> connection(String connectionId) {
        return Optional.ofNullable(connections.get(connectionId));
    }

    private void refresh(LiveNode node) {
        try {
            node.refresh(surfaces);
        } catch (TemporarilyUnavailable e) {
            LOG.log(
                    Level.WARNING,
                    "node " + node.nodeId() + " goes on with what was approved before; what was approved now is in"
                            + " force when it connects again",
                    e);
        }
    }

    /** Its sessions are cut as well, but the node may be used for nothing even before they are. */
    private void withdraw(String nodeId) {
        for (LiveNode node : connectionsOf(nodeId)) {
            remove(node);
            invocations.nodeWithdrawn(node.connectionId());
        }
    }

    private void add(LiveNode node) {
        connections.put(node.connectionId(), node);
        nodes.merge(
                node.nodeId(),
                List.of(node),
                (before, now) -> Stream.concat(before.stream(), now.stream()).toList());
    }

    private void remove(LiveNode node) {
        node.gone();
        connections.remove(node.connectionId());
        nodes.computeIfPresent(node.nodeId(), (id, all) -> {
            List<LiveNode> left = all.stream().filter(other -> other != node).toList();
            return left.isEmpty() ? null : left;
        });
    }
}
