package dev.gatehouse.journal;

import java.util.Map;
import java.util.Optional;

import dev.gatehouse.device.DeviceEvent;
import dev.gatehouse.device.RegistryEvent;
import dev.gatehouse.spi.Role;

/** What the changes of the registry are called in the journal, and what is told of each. Stateless. */
final class Described {

    private static final String REQUEST = "requestId";

    private Described() {}

    /**
     * Describes an event.
     *
     * @param data is filled with what there is to know beside the device
     * @return the type
     */
    static String event(RegistryEvent event, Map<String, Object> data) {
        if (event instanceof DeviceEvent.AboutSurface surface) {
            return surface(surface, data);
        }
        if (event instanceof DeviceEvent device) {
            return device(device, data);
        }
        if (event instanceof RegistryEvent.AboutKey key) {
            return key(key, data);
        }
        if (event instanceof RegistryEvent.AboutBan ban) {
            return ban(ban, data);
        }
        return invitation((RegistryEvent.AboutInvitation) event, data);
    }

    /** The device that an event is about, if it is about one. */
    static Optional<String> device(RegistryEvent event) {
        if (event instanceof DeviceEvent about) {
            return Optional.of(about.deviceId());
        }
        if (event instanceof RegistryEvent.BanCreated created) {
            return created.deviceId();
        }
        return event instanceof RegistryEvent.BanRemoved removed ? removed.deviceId() : Optional.empty();
    }

    private static String device(DeviceEvent event, Map<String, Object> data) {
        if (event instanceof DeviceEvent.PairingRequested requested) {
            data.put(REQUEST, requested.requestId());
            return "pairing.requested";
        }
        if (event instanceof DeviceEvent.PairingWidened widened) {
            data.put(REQUEST, widened.requestId());
            return "pairing.widened";
        }
        if (event instanceof DeviceEvent.PairingApproved approved) {
            data.put(REQUEST, approved.requestId());
            put(data, approved.role());
            return "pairing.approved";
        }
        if (event instanceof DeviceEvent.PairingRejected rejected) {
            data.put(REQUEST, rejected.requestId());
            return "pairing.rejected";
        }
        if (event instanceof DeviceEvent.PairingExpired expired) {
            data.put(REQUEST, expired.requestId());
            return "pairing.expired";
        }
        return approvedDevice(event, data);
    }

    private static String approvedDevice(DeviceEvent event, Map<String, Object> data) {
        if (event instanceof DeviceEvent.TokenRotated rotated) {
            put(data, rotated.role());
            return "token.rotated";
        }
        if (event instanceof DeviceEvent.TokenRenewed renewed) {
            put(data, renewed.role());
            return "token.renewed";
        }
        if (event instanceof DeviceEvent.TokenRevoked revoked) {
            put(data, revoked.role());
            return "token.revoked";
        }
        if (event instanceof DeviceEvent.InvitationRedeemed redeemed) {
            data.put("invitationId", redeemed.invitationId());
            data.put("profile", redeemed.profile().label());
            redeemed.deviceName().ifPresent(name -> data.put("deviceName", name));
            return "invitation.redeemed";
        }
        if (event instanceof DeviceEvent.DevicesImported imported) {
            data.put("count", imported.count());
            return "device.imported";
        }
        if (event instanceof DeviceEvent.DeviceRelabelled) {
            return "device.relabelled";
        }
        if (event instanceof DeviceEvent.DeviceKeyChanged) {
            return "device.key-changed";
        }
        return event instanceof DeviceEvent.NodeRemoved ? "node.removed" : "device.removed";
    }

    private static String surface(DeviceEvent.AboutSurface event, Map<String, Object> data) {
        if (event instanceof DeviceEvent.SurfaceRequested requested) {
            data.put(REQUEST, requested.requestId());
            return "node.requested";
        }
        if (event instanceof DeviceEvent.SurfaceWidened widened) {
            data.put(REQUEST, widened.requestId());
            return "node.widened";
        }
        if (event instanceof DeviceEvent.SurfaceApproved approved) {
            data.put(REQUEST, approved.requestId());
            return "node.approved";
        }
        if (event instanceof DeviceEvent.SurfaceRejected rejected) {
            data.put(REQUEST, rejected.requestId());
            return "node.rejected";
        }
        return "node.withdrawn";
    }

    private static String key(RegistryEvent.AboutKey event, Map<String, Object> data) {
        if (event instanceof RegistryEvent.KeyCreated created) {
            data.put("keyId", created.keyId());
            data.put("label", created.label());
            return "key.created";
        }
        RegistryEvent.KeyRevoked revoked = (RegistryEvent.KeyRevoked) event;
        data.put("keyId", revoked.keyId());
        data.put("label", revoked.label());
        return "key.revoked";
    }

    private static String ban(RegistryEvent.AboutBan event, Map<String, Object> data) {
        if (event instanceof RegistryEvent.BanCreated created) {
            data.put("banId", created.banId());
            data.put("target", created.target());
            data.put("reason", created.reason());
            created.endsAt().ifPresent(end -> data.put("endsAt", end.toString()));
            return "ban.created";
        }
        RegistryEvent.BanRemoved removed = (RegistryEvent.BanRemoved) event;
        data.put("banId", removed.banId());
        data.put("target", removed.target());
        return "ban.removed";
    }

    private static String invitation(RegistryEvent.AboutInvitation event, Map<String, Object> data) {
        if (event instanceof RegistryEvent.InvitationCreated created) {
            data.put("invitationId", created.invitationId());
            data.put("profile", created.profile().label());
            return "invitation.created";
        }
        data.put("invitationId", ((RegistryEvent.InvitationWithdrawn) event).invitationId());
        return "invitation.withdrawn";
    }

    private static void put(Map<String, Object> data, Role role) {
        data.put("role", role.wireName());
    }
}
