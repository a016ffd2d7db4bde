package dev.gatehouse.device;

import java.time.Instant;

/**
 * What an operator approved that a node may be used for. A node that declares less may be used for less.
 *
 * @param deviceId the node's device
 * @param surface what was approved
 * @param facts what the node said about itself when its surface was last approved
 * @param createdAt when a surface of it was first approved
 * @param approvedAt when its surface was last approved
 */
public record ApprovedSurface(
        String deviceId, NodeSurface surface, NodeFacts facts, Instant createdAt, Instant approvedAt) {}
