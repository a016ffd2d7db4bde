package dev.gatehouse.offline;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.device.ApiKey;
import dev.gatehouse.device.ClientFacts;
import dev.gatehouse.device.Device;
import dev.gatehouse.device.DeviceGrant;
import dev.gatehouse.device.PairingRequest;
import dev.gatehouse.device.RotatedToken;

/** What the registry knows, as the owner reads it: under the names that REST has for it. */
final class Shown {

    private Shown() {}

    static Map<String, Object> request(PairingRequest request) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("requestId", request.requestId());
        json.put("state", request.state().label());
        json.put("deviceId", request.deviceId());
        json.put("role", request.role().wireName());
        json.put("scopes", request.scopes().asList());
        putClient(json, request.client());
        json.put("peer", request.peer());
        json.put("local", request.isLocal());
        json.put("createdAt", request.createdAt().toString());
        json.put("refreshedAt", request.refreshedAt().toString());
        put(json, "resolvedAt", request.resolvedAt());
        return json;
    }

    static Map<String, Object> device(Device device) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("deviceId", device.deviceId());
        device.label().ifPresent(label -> json.put("label", label));
        putClient(json, device.client());
        json.put("approvedAt", device.approvedAt().toString());
        json.put("approvedVia", device.approvedVia().label());
        put(json, "lastSeenAt", device.lastSeenAt());
        put(json, "expiresAt", device.expiresAt());
        json.put("grants", device.grants().stream().map(Shown::grant).toList());
        return json;
    }

    static Map<String, Object> rotation(RotatedToken rotated) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("deviceId", rotated.deviceId());
        json.put("role", rotated.role().wireName());
        json.put("scopes", rotated.scopes().asList());
        json.put("rotatedAt", rotated.rotatedAt().toString());
        json.put("oldValidUntil", rotated.oldValidUntil().toString());
        return json;
    }

    static Map<String, Object> key(ApiKey key) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("keyId", key.id());
        json.put("label", key.label());
        json.put("scope", key.scope().label());
        json.put("createdAt", key.createdAt().toString());
        key.expiresAt().ifPresent(end -> json.put("expiresAt", end.toString()));
        return json;
    }

    private static Map<String, Object> grant(DeviceGrant grant) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("role", grant.role().wireName());
        json.put("scopes", grant.scopes().asList());
        json.put("withheld", grant.withheld().asList());
        if (!grant.tokenScopes().equals(grant.scopes())) {
            List<String> carried = grant.tokenScopes().asList();
            json.put("tokenScopes", carried);
        }
        put(json, "tokenIssuedAt", grant.tokenIssuedAt());
        put(json, "tokenLastUsedAt", grant.tokenLastUsedAt());
        put(json, "tokenRotatedAt", grant.tokenRotatedAt());
        put(json, "tokenRevokedAt", grant.tokenRevokedAt());
        return json;
    }

    private static void putClient(Map<String, Object> json, ClientFacts client) {
        client.displayName().ifPresent(name -> json.put("displayName", name));
        json.put("platform", client.platform());
        client.deviceFamily().ifPresent(family -> json.put("deviceFamily", family));
        json.put("clientId", client.id());
        json.put("clientMode", client.mode());
    }

    private static void put(Map<String, Object> json, String name, Optional<Instant> time) {
        time.ifPresent(known -> json.put(name, known.toString()));
    }
}
