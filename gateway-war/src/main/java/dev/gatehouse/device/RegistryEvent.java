package dev.gatehouse.device;

import java.time.Instant;
import java.util.Optional;

/** Something that changed in the registry and what belongs to it, for the journal. */
public sealed interface RegistryEvent
        permits DeviceEvent, RegistryEvent.AboutBan, RegistryEvent.AboutInvitation, RegistryEvent.AboutKey {

    /** Something about an invitation that no device has redeemed yet. */
    sealed interface AboutInvitation extends RegistryEvent {}

    /** A device was invited. */
    record InvitationCreated(String invitationId, InvitationProfile profile) implements AboutInvitation {}

    /** An invitation was withdrawn. */
    record InvitationWithdrawn(String invitationId) implements AboutInvitation {}

    /** Something about an API key. */
    sealed interface AboutKey extends RegistryEvent {}

    /** An API key was made. */
    record KeyCreated(String keyId, String label) implements AboutKey {}

    /** An API key was ended. */
    record KeyRevoked(String keyId, String label) implements AboutKey {}

    /** Something about a ban. */
    sealed interface AboutBan extends RegistryEvent {}

    /**
     * Somebody was shut out.
     *
     * @param banId names the ban
     * @param target who, as the API writes it
     * @param reason why
     * @param deviceId the device, if it is one that was banned
     * @param endsAt when the ban ends by itself, if it does
     */
    record BanCreated(String banId, String target, String reason, Optional<String> deviceId, Optional<Instant> endsAt)
            implements AboutBan {}

    /**
     * A ban was lifted.
     *
     * @param banId names the ban
     * @param target who it shut out, as the API writes it
     * @param deviceId the device, if it was one
     */
    record BanRemoved(String banId, String target, Optional<String> deviceId) implements AboutBan {}
}
