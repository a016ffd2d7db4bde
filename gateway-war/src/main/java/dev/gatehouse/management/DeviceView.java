package dev.gatehouse.management;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.device.ClientFacts;
import dev.gatehouse.device.Device;
import dev.gatehouse.device.DeviceGrant;
import dev.gatehouse.spi.Scopes;

/** A device as the API shows it. */
record DeviceView(
        String deviceId,
        String publicKey,
        Optional<String> label,
        Optional<String> displayName,
        String platform,
        Optional<String> deviceFamily,
        String clientId,
        String clientMode,
        String createdAt,
        String approvedAt,
        String approvedVia,
        Optional<String> lastSeenAt,
        Optional<String> address,
        Optional<String> clientVersion,
        Optional<String> expiresAt,
        List<GrantView> grants) {

    /** What was approved for one role, as the API shows it; the scopes of its token only where they are fewer. */
    record GrantView(
            String role,
            List<String> scopes,
            List<String> withheld,
            Optional<List<String>> tokenScopes,
            Optional<String> tokenIssuedAt,
            Optional<String> tokenExpiresAt,
            Optional<String> tokenLastUsedAt,
            Optional<String> tokenRotatedAt,
            Optional<String> tokenRevokedAt) {

        static GrantView of(DeviceGrant grant) {
            return new GrantView(
                    grant.role().wireName(),
                    grant.scopes().asList(),
                    grant.withheld().asList(),
                    Optional.of(grant.tokenScopes())
                            .filter(carried -> !carried.equals(grant.scopes()))
                            .map(Scopes::asList),
                    grant.tokenIssuedAt().map(Instant::toString),
                    grant.tokenExpiresAt().map(Instant::toString),
                    grant.tokenLastUsedAt().map(Instant::toString),
                    grant.tokenRotatedAt().map(Instant::toString),
                    grant.tokenRevokedAt().map(Instant::toString));
        }
    }

    static DeviceView of(Device device) {
        ClientFacts client = device.client();
        return new DeviceView(
                device.deviceId(),
                device.publicKey(),
                device.label(),
                client.displayName(),
                client.platform(),
                client.deviceFamily(),
                client.id(),
                client.mode(),
                device.createdAt().toString(),
                device.approvedAt().toString(),
                device.approvedVia().label(),
                device.lastSeenAt().map(Instant::toString),
                device.address(),
                device.clientVersion(),
                device.expiresAt().map(Instant::toString),
                device.grants().stream().map(GrantView::of).toList());
    }
}
