package dev.gatehouse.device;

/** Something that changed in the registry and what belongs to it, for the journal. */
public sealed interface RegistryEvent permits DeviceEvent, RegistryEvent.AboutInvitation, RegistryEvent.AboutKey {

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
}
