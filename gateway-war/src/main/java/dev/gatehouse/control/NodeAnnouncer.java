package dev.gatehouse.control;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import dev.gatehouse.device.DeviceEvent;
import dev.gatehouse.device.NodeSurfaces;
import dev.gatehouse.device.SurfaceRequest;
import dev.gatehouse.spi.TemporarilyUnavailable;

/**
 * Tells operators what changed about what nodes may be used for, in the order in which it changed, and tells a node that it
 * was approved (wire reference 7.10).
 *
 * <p>A request that is widened keeps its id and is told again. Safe for concurrent use; does not block the thread that made
 * the change.
 */
public final class NodeAnnouncer implements Consumer<DeviceEvent> {

    private static final int WAITING_MAX = 1000;
    private static final String APPROVED = "approved";
    private static final String REJECTED = "rejected";
    private static final String REMOVED = "removed";

    /** What is removed has no request. */
    private static final String NO_REQUEST = "";

    private static final System.Logger LOG = System.getLogger(NodeAnnouncer.class.getName());

    private final Audience audience;
    private final NodeSurfaces surfaces;
    private final LiveNodes nodes;
    private final Turns turns;
    private final Clock clock;

    /**
     * An announcer that has nothing to tell yet.
     *
     * @param audience who is told
     * @param surfaces where requests are looked up
     * @param nodes which nodes are connected
     * @param threads where requests are looked up, which may block
     */
    public NodeAnnouncer(Audience audience, NodeSurfaces surfaces, LiveNodes nodes, Executor threads, Clock clock) {
        this.audience = audience;
        this.surfaces = surfaces;
        this.nodes = nodes;
        this.turns = new Turns(threads, WAITING_MAX, WAITING_MAX);
        this.clock = clock;
    }

    @Override
    public void accept(DeviceEvent event) {
        boolean isToBeTold = event instanceof DeviceEvent.AboutSurface || event instanceof DeviceEvent.NodeRemoved;
        if (isToBeTold && !turns.offer(1, () -> tell(event))) {
            LOG.log(Level.WARNING, "operators are not told of " + event + ": too much is to be told at once");
        }
    }

    private void tell(DeviceEvent event) {
        if (event instanceof DeviceEvent.SurfaceRequested requested) {
            tellPending(requested.requestId());
        } else if (event instanceof DeviceEvent.SurfaceWidened widened) {
            tellPending(widened.requestId());
        } else if (event instanceof DeviceEvent.SurfaceApproved approved) {
            tellApproved(approved.requestId(), approved.deviceId());
        } else if (event instanceof DeviceEvent.SurfaceRejected rejected) {
            tellResolved(resolved(rejected.requestId(), rejected.deviceId(), REJECTED));
        } else {
            tellResolved(resolved(NO_REQUEST, event.deviceId(), REMOVED));
        }
    }

    private void tellPending(String requestId) {
        try {
            Optional<SurfaceRequest> request = surfaces.request(requestId); // none when its end is told next
            request.map(NodeJson::pending).map(Event::surfaceRequested).ifPresent(audience::tell);
        } catch (TemporarilyUnavailable e) {
            LOG.log(Level.WARNING, "operators are told of node request " + requestId + " without its facts", e);
            audience.tell(Event.devicesChanged());
        }
    }

    private void tellApproved(String requestId, String nodeId) {
        Map<String, Object> resolved = resolved(requestId, nodeId, APPROVED);
        for (LiveNode node : nodes.connectionsOf(nodeId)) {
            var unused = audience.tellOne(node.connectionId(), Event.surfaceResolvedFrame(resolved));
        }
        tellResolved(resolved);
    }

    private void tellResolved(Map<String, Object> resolved) {
        audience.tell(Event.surfaceResolved(resolved));
    }

    private Map<String, Object> resolved(String requestId, String nodeId, String decision) {
        Map<String, Object> resolved = new LinkedHashMap<>();
        resolved.put("requestId", requestId);
        resolved.put("nodeId", nodeId);
        resolved.put("decision", decision);
        resolved.put("ts", clock.millis());
        return resolved;
    }
}
