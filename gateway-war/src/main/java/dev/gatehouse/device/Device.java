package dev.gatehouse.device;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A device that was approved, for operators to see.
 *
 * @param deviceId its id
 * @param publicKey its key, canonical base64url
 * @param label what an operator calls it
 * @param client what its client said when the device was last approved
 * @param createdAt when it was first approved
 * @param approvedAt when it was last approved
 * @param approvedVia how it was approved
 * @param lastSeenAt when it last had a session, a few seconds late
 * @param address where it was seen last, or asked for its approval; empty for this machine
 * @param clientVersion the version of its client when it was seen last
 * @param lastSeenReason how it came in then, as the wire names it
 * @param expiresAt when it is removed unless it is used before; empty while that is not near
 * @param grants what was approved for each role, by role
 */
public record Device(
        String deviceId,
        String publicKey,
        Optional<String> label,
        ClientFacts client,
        Instant createdAt,
        Instant approvedAt,
        ApprovedVia approvedVia,
        Optional<Instant> lastSeenAt,
        Optional<String> address,
        Optional<String> clientVersion,
        Optional<String> lastSeenReason,
        Optional<Instant> expiresAt,
        List<DeviceGrant> grants) {

    /** Copies the grants. */
    public Device {
        grants = List.copyOf(grants);
    }
}
