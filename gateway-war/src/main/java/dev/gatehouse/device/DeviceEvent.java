package dev.gatehouse.device;

import java.time.Instant;
import java.util.Optional;

import dev.gatehouse.spi.Role;

/** Something that changed in the registry. Published after the change was committed, on the thread that made it. */
public sealed interface DeviceEvent extends RegistryEvent {

    /**
     * The device that it is about.
     *
     * @return its id
     */
    String deviceId();

    /** A device asks to be known. */
    record PairingRequested(String requestId, String deviceId) implements DeviceEvent {}

    /** A device that waits asks for more scopes than before. */
    record PairingWidened(String requestId, String deviceId) implements DeviceEvent {}

    /** A pairing request was approved; the device has what was granted from now on. */
    record PairingApproved(String requestId, String deviceId, Role role) implements DeviceEvent {}

    /** An operator rejected a pairing request. */
    record PairingRejected(String requestId, String deviceId) implements DeviceEvent {}

    /** A device stopped asking before anybody decided. */
    record PairingExpired(String requestId, String deviceId) implements DeviceEvent {}

    /** Devices that another gateway approved were taken over; the first of them stands for all. */
    record DevicesImported(String deviceId, int count) implements DeviceEvent {}

    /** An operator gave a device another label. */
    record DeviceRelabelled(String deviceId) implements DeviceEvent {}

    /** A device token is to be replaced; the old one may be valid for a while. */
    record TokenRotated(String deviceId, Role role) implements DeviceEvent {}

    /** A device was given a new token; it lives on, and so do its sessions. */
    record TokenRenewed(String deviceId, Role role) implements DeviceEvent {}

    /** The tokens of a device for a role are worth nothing from now on, and the role with them. */
    record TokenRevoked(String deviceId, Role role) implements DeviceEvent {}

    /** A device came in by an invitation; it was approved by that. */
    record InvitationRedeemed(
            String invitationId, String deviceId, Optional<String> deviceName, InvitationProfile profile, Instant at)
            implements DeviceEvent {}
    /** Somebody came with another key than the one that was approved for a device, and was refused. */
    record DeviceKeyChanged(String deviceId) implements DeviceEvent {}

    /** A device is known no more: its grants and tokens are gone. */
    record DeviceRemoved(String deviceId) implements DeviceEvent {}

    /** A device is no node any more: its grant and tokens for that role are gone, and what it could be used for. */
    record NodeRemoved(String deviceId) implements DeviceEvent {}

    /** Something about what a node may be used for. */
    sealed interface AboutSurface extends DeviceEvent {}

    /** A node waits until somebody says what it may be used for. */
    record SurfaceRequested(String requestId, String deviceId) implements AboutSurface {}

    /** A node that waits declares more than before. */
    record SurfaceWidened(String requestId, String deviceId) implements AboutSurface {}

    /** An operator approved what a node may be used for, from now on. */
    record SurfaceApproved(String requestId, String deviceId) implements AboutSurface {}

    /** A node waits no more: an operator rejected it, it asks for nothing beyond what it has, or its grant is gone. */
    record SurfaceRejected(String requestId, String deviceId) implements AboutSurface {}

    /** A node may be used for nothing any more. */
    record SurfaceWithdrawn(String deviceId) implements AboutSurface {}
}
