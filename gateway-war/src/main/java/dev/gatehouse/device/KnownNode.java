package dev.gatehouse.device;

import java.time.Instant;
import java.util.Optional;

/**
 * A device that was approved for the role node, for operators to see.
 *
 * @param deviceId its id
 * @param label what an operator calls it
 * @param client what its client said when the device was last approved
 * @param pairedAt when the device was last approved
 * @param lastSeenAt when it last had a session, a few seconds late
 * @param approved what it may be used for, if anybody approved anything
 * @param isWaiting whether it waits for an operator
 * @param request what it waits for, where the reader may know
 */
public record KnownNode(
        String deviceId,
        Optional<String> label,
        ClientFacts client,
        Instant pairedAt,
        Optional<Instant> lastSeenAt,
        Optional<ApprovedSurface> approved,
        boolean isWaiting,
        Optional<SurfaceRequest> request) {

    /**
     * The same node for those who may know that it waits, but not what it asks for.
     *
     * @return the node without its request
     */
    KnownNode withoutRequest() {
        return new KnownNode(deviceId, label, client, pairedAt, lastSeenAt, approved, isWaiting, Optional.empty());
    }
}
