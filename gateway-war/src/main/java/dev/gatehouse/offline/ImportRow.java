package dev.gatehouse.offline;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.device.ApprovedVia;
import dev.gatehouse.device.ClientFacts;
import dev.gatehouse.device.ImportedDevice;
import dev.gatehouse.device.ImportedGrant;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;

/** A device to import, as it goes over the socket: times in milliseconds, tokens as their hashes. */
record ImportRow(
        String deviceId,
        String publicKey,
        Optional<String> label,
        String clientId,
        String clientMode,
        String clientVersion,
        String platform,
        Optional<String> deviceFamily,
        Optional<String> displayName,
        long approvedAt,
        ApprovedVia approvedVia,
        Optional<Long> lastSeenAt,
        List<GrantRow> grants) {

    /** One role of a device to import. */
    record GrantRow(
            Role role,
            List<String> scopes,
            List<String> tokenScopes,
            Optional<String> tokenHash,
            Optional<Long> tokenIssuedAt,
            Optional<Long> tokenLastUsedAt) {

        static GrantRow of(ImportedGrant grant) {
            return new GrantRow(
                    grant.role(),
                    grant.scopes().asList(),
                    grant.tokenScopes().asList(),
                    grant.tokenHash(),
                    grant.tokenIssuedAt().map(Instant::toEpochMilli),
                    grant.tokenLastUsedAt().map(Instant::toEpochMilli));
        }

        ImportedGrant toGrant() {
            return new ImportedGrant(
                    role,
                    Scopes.of(scopes),
                    Scopes.of(tokenScopes),
                    tokenHash,
                    tokenIssuedAt.map(Instant::ofEpochMilli),
                    tokenLastUsedAt.map(Instant::ofEpochMilli));
        }
    }

    static ImportRow of(ImportedDevice device) {
        ClientFacts client = device.client();
        return new ImportRow(
                device.deviceId(),
                device.publicKey(),
                device.label(),
                client.id(),
                client.mode(),
                client.version(),
                client.platform(),
                client.deviceFamily(),
                client.displayName(),
                device.approvedAt().toEpochMilli(),
                device.approvedVia(),
                device.lastSeenAt().map(Instant::toEpochMilli),
                device.grants().stream().map(GrantRow::of).toList());
    }

    /**
     * The device, every part of it checked again.
     *
     * @throws IllegalArgumentException when it cannot be imported
     */
    ImportedDevice toDevice() {
        return new ImportedDevice(
                deviceId,
                publicKey,
                label,
                new ClientFacts(clientId, clientMode, clientVersion, platform, deviceFamily, displayName),
                Instant.ofEpochMilli(approvedAt),
                approvedVia,
                lastSeenAt.map(Instant::ofEpochMilli),
                grants.stream().map(GrantRow::toGrant).toList());
    }
}
