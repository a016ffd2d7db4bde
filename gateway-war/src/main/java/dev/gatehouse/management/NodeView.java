package dev.gatehouse.management;

import java.time.Instant;
import java.util.Optional;

import dev.gatehouse.device.ApprovedSurface;
import dev.gatehouse.device.ClientFacts;
import dev.gatehouse.device.KnownNode;

/** A node as the API shows it. */
record NodeView(
        String nodeId,
        Optional<String> label,
        Optional<String> displayName,
        String platform,
        Optional<String> deviceFamily,
        String clientId,
        String pairedAt,
        Optional<String> lastSeenAt,
        Optional<SurfaceView> surface,
        Optional<String> surfaceApprovedAt,
        Optional<NodeRequestView> request) {

    static NodeView of(KnownNode node) {
        ClientFacts client = node.client();
        return new NodeView(
                node.deviceId(),
                node.label(),
                client.displayName(),
                client.platform(),
                client.deviceFamily(),
                client.id(),
                node.pairedAt().toString(),
                node.lastSeenAt().map(Instant::toString),
                node.approved().map(ApprovedSurface::surface).map(SurfaceView::of),
                node.approved().map(ApprovedSurface::approvedAt).map(Instant::toString),
                node.request().map(NodeRequestView::of));
    }
}
