package dev.gatehouse.control;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.gatehouse.device.Approval;
import dev.gatehouse.device.ApprovedVia;
import dev.gatehouse.device.DeviceRegistry;
import dev.gatehouse.device.PairingRequest;
import dev.gatehouse.device.RotatedToken;
import dev.gatehouse.protocol.Members;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;

/**
 * The methods about devices (wire reference 8.2): each a thin face of the registry, which also decides who may do what to
 * which device.
 */
public final class DeviceMethods implements MethodTable {

    private static final int ID_MAX = 256;
    private static final int LABEL_MAX = 64;
    private static final int ROLE_MAX = 64;
    private static final int SCOPES_MAX = 64;

    private final DeviceRegistry registry;
    private final Audience audience;

    public DeviceMethods(DeviceRegistry registry, Audience audience) {
        this.registry = registry;
        this.audience = audience;
    }

    private record Labelling(String deviceId, String label) {

        static Labelling read(Members params) {
            return new Labelling(DeviceMethods.deviceId(params), params.text("label", LABEL_MAX));
        }
    }

    private record Rotation(String deviceId, String role, Optional<Scopes> scopes) {

        static Rotation read(Members params) {
            return new Rotation(
                    DeviceMethods.deviceId(params),
                    params.text("role", ROLE_MAX),
                    Optional.of(params.texts("scopes", SCOPES_MAX))
                            .filter(scopes -> !scopes.isEmpty())
                            .map(Scopes::of));
        }
    }

    private record Revocation(String deviceId, String role) {

        static Revocation read(Members params) {
            return new Revocation(DeviceMethods.deviceId(params), params.text("role", ROLE_MAX));
        }
    }

    @Override
    public List<Method<?>> table() {
        return List.of(
                Method.operator("device.pair.list", Event.PAIRING, this::list),
                Method.operator("device.pair.approve", Event.PAIRING, DeviceMethods::requestId, this::approve),
                Method.operator("device.pair.reject", Event.PAIRING, DeviceMethods::requestId, this::reject),
                Method.operator("device.pair.remove", Event.PAIRING, DeviceMethods::deviceId, this::remove),
                Method.operator("device.pair.rename", Event.PAIRING, Labelling::read, this::rename),
                Method.operator("device.token.rotate", Event.PAIRING, Rotation::read, this::rotate),
                Method.operator("device.token.revoke", Event.PAIRING, Revocation::read, this::revoke));
    }

    private Map<String, Object> list(Caller caller) {
        Set<String> connected = audience.devices();
        Map<String, Object> lists = new LinkedHashMap<>();
        lists.put(
                "pending",
                registry.pairingRequests(caller.authority(), PairingRequest.State.PENDING).stream()
                        .map(DeviceJson::pending)
                        .toList());
        lists.put(
                "paired",
                registry.devices(caller.authority()).stream()
                        .map(device -> DeviceJson.paired(device, connected.contains(device.deviceId())))
                        .toList());
        return lists;
    }

    private Map<String, Object> approve(Caller caller, String requestId) {
        Approval whole = new Approval(Optional.empty(), Optional.empty(), ApprovedVia.OWNER);
        PairingRequest approved = registry.approve(caller.authority(), requestId, whole);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("requestId", approved.requestId());
        result.put("device", DeviceJson.paired(registry.device(caller.authority(), approved.deviceId())));
        return result;
    }

    private Map<String, Object> reject(Caller caller, String requestId) {
        PairingRequest rejected = registry.reject(caller.authority(), requestId);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("requestId", rejected.requestId());
        result.put("deviceId", rejected.deviceId());
        return result;
    }

    private Map<String, Object> remove(Caller caller, String deviceId) {
        registry.remove(caller.authority(), deviceId);
        return Map.of("deviceId", deviceId);
    }

    private Map<String, Object> rename(Caller caller, Labelling labelling) {
        registry.relabel(caller.authority(), labelling.deviceId(), labelling.label());
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("deviceId", labelling.deviceId());
        result.put("label", labelling.label().strip());
        return result;
    }

    private Map<String, Object> rotate(Caller caller, Rotation rotation) {
        Role role = role(rotation.role(), "device token rotation denied");
        RotatedToken rotated = registry.rotate(caller.authority(), rotation.deviceId(), role, rotation.scopes());
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("deviceId", rotated.deviceId());
        result.put("role", rotated.role().wireName());
        result.put("scopes", rotated.scopes().asList());
        result.put("rotatedAtMs", rotated.rotatedAt().toEpochMilli());
        result.put("tokenDelivery", rotated.token().isPresent() ? "in-band" : "withheld-cross-device");
        rotated.token().ifPresent(issued -> result.put("token", issued.token().expose()));
        return result;
    }

    private Map<String, Object> revoke(Caller caller, Revocation revocation) {
        Role role = role(revocation.role(), "device token revocation denied");
        Instant revokedAt = registry.revoke(caller.authority(), revocation.deviceId(), role);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("deviceId", revocation.deviceId());
        result.put("role", role.wireName());
        result.put("revokedAtMs", revokedAt.toEpochMilli());
        return result;
    }

    /** A role that does not exist is answered like one that the device does not have. */
    private static Role role(String name, String denial) {
        return Role.parse(name).orElseThrow(() -> new Refused(denial));
    }

    private static String requestId(Members params) {
        return params.text("requestId", ID_MAX);
    }

    private static String deviceId(Members params) {
        return params.text("deviceId", ID_MAX);
    }
}
