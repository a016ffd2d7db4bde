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
 * @param request what it waits for, if it does
 */
public record KnownNode(
        String deviceId,
        Optional<String> label,
        ClientFacts client,
        Instant pairedAt,
        Optional<Instant> lastSeenAt,
        Optional<ApprovedSurface> approved,
        Optional<SurfaceRequest> request) {

    /**
     * The same node for those who may not know what it asks for.
     *
     * @return the node without its request
     */
    KnownNode withoutRequest() {
        return new KnownNode(deviceId, label, client, pairedAt, lastSeenAt, approved, Optional.empty());
    }
}
