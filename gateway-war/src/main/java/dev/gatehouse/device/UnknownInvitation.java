package dev.gatehouse.device;

/** There is no invitation of this id. */
public final class UnknownInvitation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownInvitation(String invitationId) {
        super("no invitation '" + invitationId + "'; list the invitations to find its id");
    }
}
