package dev.gatehouse.management;

import java.util.Optional;

import dev.gatehouse.device.Invitation;

/** An invitation as the API shows it, without its secrets: they are kept as hashes only. */
record InvitationView(
        String invitationId,
        String profile,
        String state,
        Optional<String> label,
        String createdBy,
        String gatewayUrl,
        String createdAt,
        String expiresAt,
        Optional<String> deviceId,
        Optional<String> deviceName,
        Optional<String> redeemedAt) {

    static InvitationView of(Invitation invitation) {
        Optional<Invitation.Completion> by = invitation.completion();
        return new InvitationView(
                invitation.invitationId(),
                invitation.profile().label(),
                invitation.state().label(),
                invitation.label(),
                invitation.createdBy().orElse("owner"),
                invitation.gatewayUrl().text(),
                invitation.createdAt().toString(),
                invitation.expiresAt().toString(),
                by.map(Invitation.Completion::deviceId),
                by.flatMap(Invitation.Completion::deviceName),
                by.map(completion -> completion.at().toString()));
    }
}
