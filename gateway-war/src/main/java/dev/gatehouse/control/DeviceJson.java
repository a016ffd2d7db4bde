package dev.gatehouse.control;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.device.ClientFacts;
import dev.gatehouse.device.Device;
import dev.gatehouse.device.DeviceEvent;
import dev.gatehouse.device.DeviceGrant;
import dev.gatehouse.device.Invitation;
import dev.gatehouse.device.InvitationProfile;
import dev.gatehouse.device.PairingRequest;
import dev.gatehouse.spi.PairingDesk.Need;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;

/** Devices as clients read them (wire reference 7.2 and 7.3). */
final class DeviceJson {

    private DeviceJson() {}

    /** A device that waits. */
    static Map<String, Object> pending(PairingRequest request) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("requestId", request.requestId());
        json.put("deviceId", request.deviceId());
        json.put("publicKey", request.publicKey());
        json.put("code", request.code());
        putClient(json, request.client());
        json.put("role", request.role().wireName());
        json.put("roles", List.of(request.role().wireName()));
        json.put("scopes", request.scopes().asList());
        if (!request.isLocal()) {
            json.put("remoteIp", request.peer());
        }
        json.put("silent", false);
        json.put("isRepair", request.need() != Need.NOT_PAIRED);
        json.put("ts", request.createdAt().toEpochMilli());
        return json;
    }

    /** An approved device, with whether it is connected. */
    static Map<String, Object> paired(Device device, boolean isConnected) {
        Map<String, Object> json = paired(device);
        json.put("connected", isConnected);
        return json;
    }

    /** An approved device. */
    static Map<String, Object> paired(Device device) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("deviceId", device.deviceId());
        json.put("publicKey", device.publicKey());
        putClient(json, device.client());
        device.label().ifPresent(label -> json.put("operatorLabel", label));
        List<String> roles = device.grants().stream()
                .map(DeviceGrant::role)
                .map(Role::wireName)
                .toList();
        roles.stream().findFirst().ifPresent(role -> json.put("role", role));
        json.put("roles", roles);
        json.put("scopes", scopes(device).asList());
        List<Map<String, Object>> tokens = tokens(device);
        if (!tokens.isEmpty()) {
            json.put("tokens", tokens);
        }
        json.put("approvedVia", device.approvedVia().label());
        device.address().ifPresent(address -> json.put("remoteIp", address));
        json.put("createdAtMs", device.createdAt().toEpochMilli());
        json.put("approvedAtMs", device.approvedAt().toEpochMilli());
        device.lastSeenAt().ifPresent(time -> json.put("lastSeenAtMs", time.toEpochMilli()));
        device.lastSeenReason().ifPresent(reason -> json.put("lastSeenReason", reason));
        device.expiresAt().ifPresent(time -> json.put("expiresAtMs", time.toEpochMilli()));
        return json;
    }

    private static void putClient(Map<String, Object> json, ClientFacts client) {
        client.displayName().ifPresent(name -> json.put("displayName", name));
        json.put("platform", client.platform());
        client.deviceFamily().ifPresent(family -> json.put("deviceFamily", family));
        json.put("clientId", client.id());
        json.put("clientMode", client.mode());
    }

    private static Scopes scopes(Device device) {
        return device.grants().stream().map(DeviceGrant::scopes).reduce(Scopes.none(), Scopes::plus);
    }

    private static List<Map<String, Object>> tokens(Device device) {
        return device.grants().stream()
                .filter(grant -> since(grant).isPresent())
                .map(DeviceJson::token)
                .toList();
    }

    private static Map<String, Object> token(DeviceGrant grant) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("role", grant.role().wireName());
        json.put("scopes", grant.tokenScopes().asList());
        since(grant).ifPresent(time -> json.put("createdAtMs", time.toEpochMilli()));
        grant.tokenRotatedAt().ifPresent(time -> json.put("rotatedAtMs", time.toEpochMilli()));
        grant.tokenRevokedAt().ifPresent(time -> json.put("revokedAtMs", time.toEpochMilli()));
        grant.tokenExpiresAt().ifPresent(time -> json.put("expiresAtMs", time.toEpochMilli()));
        grant.tokenLastUsedAt().ifPresent(time -> json.put("lastUsedAtMs", time.toEpochMilli()));
        return json;
    }

    /** A token that was rotated is made when it is delivered, and one that was revoked is no more; clients want a time. */
    private static Optional<Instant> since(DeviceGrant grant) {
        return grant.tokenIssuedAt().or(grant::tokenRotatedAt).or(grant::tokenRevokedAt);
    }

    /** The payload of {@code device.pair.setup.completed}. */
    static Map<String, Object> completion(DeviceEvent.InvitationRedeemed redeemed) {
        return completion(
                redeemed.invitationId(),
                redeemed.profile(),
                new Invitation.Completion(redeemed.deviceId(), redeemed.deviceName(), redeemed.at()));
    }

    /** The same for whoever asks later. */
    static Map<String, Object> completion(Invitation invitation, Invitation.Completion by) {
        return completion(invitation.invitationId(), invitation.profile(), by);
    }

    private static Map<String, Object> completion(String setupId, InvitationProfile profile, Invitation.Completion by) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("setupId", setupId);
        json.put("deviceId", by.deviceId());
        by.deviceName().filter(name -> !name.isBlank()).ifPresent(name -> json.put("deviceName", name));
        json.put("access", profile.access().label());
        json.put("ts", by.at().toEpochMilli());
        return json;
    }
}
