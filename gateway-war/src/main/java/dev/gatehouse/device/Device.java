package dev.gatehouse.device;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A device that was approved, for operators to see.
 *
 * @param deviceId its id
 * @param label what an operator calls it
 * @param client what its client said when the device was last approved
 * @param approvedAt when it was last approved
 * @param approvedVia how it was approved
 * @param lastSeenAt when it last had a session, a few seconds late
 * @param grants what was approved for each role, by role
 */
public record Device(
        String deviceId,
        Optional<String> label,
        ClientFacts client,
        Instant approvedAt,
        ApprovedVia approvedVia,
        Optional<Instant> lastSeenAt,
        List<DeviceGrant> grants) {

    /** Copies the grants. */
    public Device {
        grants = List.copyOf(grants);
    }
}
