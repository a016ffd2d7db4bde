package dev.gatehouse.device;

import java.time.Instant;

/**
 * A node that waits until an operator says what it may be used for. It has no end but a decision.
 *
 * @param requestId names the request, from the first declaration to the end
 * @param deviceId the node's device
 * @param surface what the node declared since then, all together
 * @param facts what the node last said about itself
 * @param createdAt when it first declared
 */
public record SurfaceRequest(
        String requestId, String deviceId, NodeSurface surface, NodeFacts facts, Instant createdAt) {}
