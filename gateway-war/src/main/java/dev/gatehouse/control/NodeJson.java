package dev.gatehouse.control;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

import dev.gatehouse.device.ApprovedSurface;
import dev.gatehouse.device.ClientFacts;
import dev.gatehouse.device.KnownNode;
import dev.gatehouse.device.NodeClaim;
import dev.gatehouse.device.NodeDetails;
import dev.gatehouse.device.NodeFacts;
import dev.gatehouse.device.NodeSurface;
import dev.gatehouse.device.SurfaceRequest;
import dev.gatehouse.spi.Client;

/** Nodes as clients read them (wire reference 8.3); what is not known is left out. */
final class NodeJson {

    private static final String DISPLAY_NAME = "displayName";

    private NodeJson() {}

    /** A node that waits. */
    static Map<String, Object> pending(SurfaceRequest request) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("requestId", request.requestId());
        json.put("nodeId", request.deviceId());
        putFacts(json, request.facts());
        putSurface(json, request.surface());
        json.put(
                "requiredApproveScopes",
                request.surface().requiredApproveScopes().asList());
        json.put("silent", false);
        json.put("ts", request.createdAt().toEpochMilli());
        return json;
    }

    /** A node of which something is approved. */
    static Map<String, Object> paired(ApprovedSurface approved, Optional<String> label, Optional<Instant> lastSeenAt) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("nodeId", approved.deviceId());
        putFacts(json, approved.facts());
        label.ifPresent(name -> json.put(DISPLAY_NAME, name));
        putSurface(json, approved.surface());
        json.put("createdAtMs", approved.createdAt().toEpochMilli());
        json.put("approvedAtMs", approved.approvedAt().toEpochMilli());
        lastSeenAt.ifPresent(time -> json.put("lastSeenAtMs", time.toEpochMilli()));
        return json;
    }

    /** A node with what is in force of it. */
    static Map<String, Object> node(KnownNode node, Optional<LiveNode> live) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("nodeId", node.deviceId());
        putClient(json, node.client());
        node.approved().ifPresent(approved -> putFacts(json, approved.facts()));
        live.ifPresent(connection -> putLive(json, connection));
        node.label().ifPresent(label -> json.put(DISPLAY_NAME, label));
        putSurface(
                json,
                live.map(LiveNode::inForce)
                        .or(() -> node.approved().map(ApprovedSurface::surface))
                        .orElse(NodeSurface.NONE));
        json.put("approvalState", state(node));
        node.request().ifPresent(request -> putRequest(json, request));
        putTimes(json, node, live);
        json.put("paired", true);
        json.put("connected", live.isPresent());
        return json;
    }

    private static void putLive(Map<String, Object> json, LiveNode live) {
        NodeClaim claim = live.claim();
        Client client = claim.client();
        client.displayName().ifPresent(name -> json.put(DISPLAY_NAME, name));
        json.put("platform", client.platform());
        json.put("version", client.version());
        json.put("clientId", client.id());
        json.put("clientMode", client.mode());
        client.deviceFamily().ifPresent(family -> json.put("deviceFamily", family));
        putDetails(json, claim.details());
        if (!claim.isLocal()) {
            json.put("remoteIp", claim.peer().getHostAddress());
        }
        live.hostStats().ifPresent(stats -> json.put("hostStats", stats.wireForm()));
        live.pathEnv().ifPresent(path -> json.put("pathEnv", path));
    }

    private static void putTimes(Map<String, Object> json, KnownNode node, Optional<LiveNode> live) {
        live.ifPresent(connection -> {
            json.put("connectedAtMs", connection.connectedAt().toEpochMilli());
            json.put("lastConnectedAtMs", connection.connectedAt().toEpochMilli());
        });
        node.lastSeenAt().ifPresent(time -> json.put("lastSeenAtMs", time.toEpochMilli()));
        json.put(
                "approvedAtMs",
                node.approved()
                        .map(ApprovedSurface::approvedAt)
                        .orElse(node.pairedAt())
                        .toEpochMilli());
    }

    private static void putRequest(Map<String, Object> json, SurfaceRequest request) {
        NodeSurface surface = request.surface();
        json.put("pendingRequestId", request.requestId());
        json.put("pendingDeclaredCaps", surface.capabilities());
        json.put("pendingDeclaredCommands", surface.commands());
        if (!surface.permissions().isEmpty()) {
            json.put("pendingDeclaredPermissions", surface.permissions());
        }
    }

    private static String state(KnownNode node) {
        if (node.isWaiting()) {
            return node.approved().isPresent() ? "pending-reapproval" : "pending-approval";
        }
        return node.approved().isPresent() ? "approved" : "unapproved";
    }

    private static void putSurface(Map<String, Object> json, NodeSurface surface) {
        json.put("caps", surface.capabilities());
        json.put("commands", surface.commands());
        NavigableMap<String, Boolean> permissions = surface.permissions();
        if (!permissions.isEmpty()) {
            json.put("permissions", permissions);
        }
    }

    private static void putFacts(Map<String, Object> json, NodeFacts facts) {
        putClient(json, facts.client());
        putDetails(json, facts.details());
        if (!facts.isLocal()) {
            json.put("remoteIp", facts.peer());
        }
    }

    private static void putClient(Map<String, Object> json, ClientFacts client) {
        client.displayName().ifPresent(name -> json.put(DISPLAY_NAME, name));
        json.put("platform", client.platform());
        json.put("version", client.version());
        json.put("clientId", client.id());
        json.put("clientMode", client.mode());
        client.deviceFamily().ifPresent(family -> json.put("deviceFamily", family));
    }

    private static void putDetails(Map<String, Object> json, NodeDetails details) {
        details.coreVersion().ifPresent(version -> json.put("coreVersion", version));
        details.uiVersion().ifPresent(version -> json.put("uiVersion", version));
        details.modelIdentifier().ifPresent(model -> json.put("modelIdentifier", model));
    }
}
