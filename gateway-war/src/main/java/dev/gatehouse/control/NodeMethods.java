package dev.gatehouse.control;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.gatehouse.device.ApprovedSurface;
import dev.gatehouse.device.Authority;
import dev.gatehouse.device.InvalidLabel;
import dev.gatehouse.device.KnownNode;
import dev.gatehouse.device.NodeSurfaces;
import dev.gatehouse.device.SurfaceRequest;
import dev.gatehouse.device.UnknownNode;
import dev.gatehouse.protocol.Members;
import dev.gatehouse.protocol.WireError;

/**
 * The methods about nodes that operators call (wire reference 8.3): what nodes may be used for, which there are, and asking
 * one of them to do something. Who may do what to which node is decided by {@link NodeSurfaces}.
 */
public final class NodeMethods implements MethodTable {

    private static final int ID_MAX = 256;
    private static final int NAME_MAX = 64;

    private final NodeSurfaces surfaces;
    private final LiveNodes nodes;
    private final NodeAllowList allowList;
    private final Invocations invocations;
    private final Clock clock;

    /**
     * The methods of a gateway.
     *
     * @param surfaces what was approved
     * @param nodes which nodes are connected
     * @param allowList what nodes may offer
     * @param invocations what is asked of them
     */
    public NodeMethods(
            NodeSurfaces surfaces, LiveNodes nodes, NodeAllowList allowList, Invocations invocations, Clock clock) {
        this.surfaces = surfaces;
        this.nodes = nodes;
        this.allowList = allowList;
        this.invocations = invocations;
        this.clock = clock;
    }

    private record Naming(String nodeId, String displayName) {

        static Naming read(Members params) {
            return new Naming(NodeMethods.nodeId(params), params.text("displayName", NAME_MAX));
        }
    }

    @Override
    public List<Method<?>> table() {
        return List.of(
                Method.operator("node.pair.list", Event.PAIRING, this::pairings),
                Method.operator("node.pair.approve", Event.PAIRING, NodeMethods::requestId, this::approve),
                Method.operator("node.pair.reject", Event.PAIRING, NodeMethods::requestId, this::reject),
                Method.operator("node.pair.remove", Event.PAIRING, NodeMethods::nodeId, this::remove),
                Method.operator("node.rename", Event.PAIRING, Naming::read, this::rename),
                Method.operator("node.list", Event.READ, this::list),
                Method.operator("node.describe", Event.READ, NodeMethods::nodeId, this::describe),
                Method.waiting("node.invoke", Event.WRITE, NodeInvocation::read, this::invoke));
    }

    private Map<String, Object> pairings(Caller caller) {
        List<KnownNode> known = surfaces.pairings(caller.authority());
        Map<String, Object> lists = new LinkedHashMap<>();
        lists.put(
                "pending",
                known.stream()
                        .flatMap(node -> node.request().stream())
                        .sorted(Comparator.comparing(SurfaceRequest::createdAt).reversed())
                        .map(NodeJson::pending)
                        .toList());
        lists.put(
                "paired",
                known.stream()
                        .filter(node -> node.approved().isPresent())
                        .sorted(Comparator.comparing(NodeMethods::approvedAt).reversed())
                        .flatMap(node -> node.approved().stream()
                                .map(approved -> NodeJson.paired(approved, node.label(), node.lastSeenAt())))
                        .toList());
        return lists;
    }

    private Map<String, Object> approve(Caller caller, String requestId) {
        NodeSurfaces.Approved approved = surfaces.approve(caller.authority(), requestId);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("requestId", approved.requestId());
        result.put("node", NodeJson.paired(approved.surface(), Optional.empty(), Optional.empty()));
        return result;
    }

    private Map<String, Object> reject(Caller caller, String requestId) {
        SurfaceRequest rejected = surfaces.reject(caller.authority(), requestId);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("requestId", rejected.requestId());
        result.put("nodeId", rejected.deviceId());
        return result;
    }

    private Map<String, Object> remove(Caller caller, String nodeId) {
        surfaces.remove(caller.authority(), nodeId);
        return Map.of("nodeId", nodeId);
    }

    private Map<String, Object> rename(Caller caller, Naming naming) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("nodeId", naming.nodeId());
        try {
            result.put("displayName", surfaces.rename(caller.authority(), naming.nodeId(), naming.displayName()));
        } catch (InvalidLabel e) {
            throw new Refused("displayName required");
        }
        return result;
    }

    private Map<String, Object> list(Caller caller) {
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("ts", clock.millis());
        list.put(
                "nodes",
                surfaces.nodes(caller.authority()).stream()
                        .map(node -> NodeJson.node(node, nodes.newest(node.deviceId())))
                        .sorted(Comparator.comparing(NodeMethods::isAway)
                                .thenComparing(NodeMethods::shownName)
                                .thenComparing(node -> String.valueOf(node.get("nodeId"))))
                        .toList());
        return list;
    }

    private Map<String, Object> describe(Caller caller, String nodeId) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("ts", clock.millis());
        description.putAll(NodeJson.node(surfaces.node(caller.authority(), nodeId), nodes.newest(nodeId)));
        return description;
    }

    /** A caller that asks again by the same key is answered even when the node may not be asked any more. */
    private CompletableFuture<Answer> invoke(Caller caller, NodeInvocation said) {
        Optional<WireError> objection = NodeCommands.objection(caller, said.command());
        if (objection.isPresent()) {
            return refused(objection.get());
        }
        NodeInvocation asked = said;
        if (said.command().equals(NodeCommands.SYSTEM_RUN)) {
            Optional<WireError> override = SystemRun.objection(said.params());
            if (override.isPresent()) {
                return refused(override.get());
            }
            asked = said.with(SystemRun.passedOn(said.params()));
        }
        Optional<CompletableFuture<Answer>> earlier = invocations.earlier(caller, asked);
        return earlier.isPresent() ? earlier.get() : ask(caller, asked);
    }

    private CompletableFuture<Answer> ask(Caller caller, NodeInvocation asked) {
        Optional<LiveNode> live = nodes.newest(asked.nodeId());
        if (live.filter(node -> mayBeAsked(node, asked.command())).isPresent()) {
            return invocations.ask(caller, live.get(), asked);
        }
        if (!isApproved(asked.nodeId())) {
            return refused(live.isPresent() ? NodeErrors.notApproved() : NodeErrors.pairingChanged());
        }
        return refused(live.map(node -> notAllowed(node, asked.command())).orElseGet(NodeErrors::notConnected));
    }

    /** The list is asked again: the operator may have changed it since the command was approved. */
    private boolean mayBeAsked(LiveNode node, String command) {
        return node.inForce().commands().contains(command)
                && allowList.permits(node.claim().client(), command);
    }

    private boolean isApproved(String nodeId) {
        try {
            return surfaces.node(Authority.gateway(), nodeId).approved().isPresent();
        } catch (UnknownNode e) {
            return false;
        }
    }

    private WireError notAllowed(LiveNode node, String command) {
        String platform = node.claim().client().platform();
        if (allowList.isDenied(command)) {
            return NodeErrors.notAllowed(
                    command, "command not allowlisted", "\"" + command + "\" is blocked by nodes.denied-commands");
        }
        if (!allowList.permits(node.claim().client(), command)) {
            return NodeErrors.notAllowed(
                    command,
                    "command not allowlisted",
                    "\"" + command + "\" is not in the allowlist for platform \"" + platform + "\"");
        }
        if (node.claim().surface().commands().contains(command)) {
            return NodeErrors.notAllowed(
                    command,
                    "command not declared by node",
                    "the node's declared command surface is pending approval; run `openclaw nodes pending`,"
                            + " then `openclaw nodes approve <requestId>`");
        }
        return NodeErrors.notAllowed(
                command,
                "command not declared by node",
                "the node (platform: " + platform + ") does not support \"" + command + "\"");
    }

    private static CompletableFuture<Answer> refused(WireError error) {
        return CompletableFuture.completedFuture(new Answer.Failure(error));
    }

    private static Instant approvedAt(KnownNode node) {
        return node.approved().map(ApprovedSurface::approvedAt).orElse(node.pairedAt());
    }

    private static boolean isAway(Map<String, Object> node) {
        return !Boolean.TRUE.equals(node.get("connected"));
    }

    private static String shownName(Map<String, Object> node) {
        Object name = node.getOrDefault("displayName", node.get("nodeId"));
        return String.valueOf(name).toLowerCase(Locale.ROOT);
    }

    private static String requestId(Members params) {
        return params.text("requestId", ID_MAX);
    }

    private static String nodeId(Members params) {
        return params.text("nodeId", ID_MAX);
    }
}
