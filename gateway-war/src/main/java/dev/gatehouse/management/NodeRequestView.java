package dev.gatehouse.management;

import java.util.List;
import java.util.Optional;

import dev.gatehouse.device.ClientFacts;
import dev.gatehouse.device.SurfaceRequest;

/** What a node asks to be used for, as the API shows it. */
record NodeRequestView(
        String requestId,
        String nodeId,
        Optional<String> displayName,
        String platform,
        Optional<String> deviceFamily,
        String clientId,
        String clientVersion,
        String peer,
        boolean local,
        SurfaceView surface,
        List<String> requiredScopes,
        String createdAt) {

    static NodeRequestView of(SurfaceRequest request) {
        ClientFacts client = request.facts().client();
        return new NodeRequestView(
                request.requestId(),
                request.deviceId(),
                client.displayName(),
                client.platform(),
                client.deviceFamily(),
                client.id(),
                client.version(),
                request.facts().peer(),
                request.facts().isLocal(),
                SurfaceView.of(request.surface()),
                request.surface().requiredApproveScopes().asList(),
                request.createdAt().toString());
    }
}
