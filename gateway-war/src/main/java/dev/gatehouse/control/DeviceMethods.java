package dev.gatehouse.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.gatehouse.device.Approval;
import dev.gatehouse.device.ApprovedVia;
import dev.gatehouse.device.DeviceRegistry;
import dev.gatehouse.device.PairingRequest;
import dev.gatehouse.protocol.Members;

/**
 * The methods about devices (wire reference 8.2): each a thin face of the registry, which also decides who may do what to
 * which device.
 */
public final class DeviceMethods {

    private static final int ID_MAX = 256;
    private static final int LABEL_MAX = 64;

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

    List<Method<?>> table() {
        return List.of(
                Method.operator("device.pair.list", Event.PAIRING, this::list),
                Method.operator("device.pair.approve", Event.PAIRING, DeviceMethods::requestId, this::approve),
                Method.operator("device.pair.reject", Event.PAIRING, DeviceMethods::requestId, this::reject),
                Method.operator("device.pair.remove", Event.PAIRING, DeviceMethods::deviceId, this::remove),
                Method.operator("device.pair.rename", Event.PAIRING, Labelling::read, this::rename));
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

    private static String requestId(Members params) {
        return params.text("requestId", ID_MAX);
    }

    private static String deviceId(Members params) {
        return params.text("deviceId", ID_MAX);
    }
}
