package dev.gatehouse.device;

/** Nobody can be invited like this; the message says what to change. */
public final class InvalidInvitation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidInvitation(String message) {
        super(message);
    }

    static InvalidInvitation ttl() {
        return new InvalidInvitation("ttl must be 1m to 24h; leave it out for the time of invitations.ttl");
    }

    static InvalidInvitation plainText(GatewayUrl url) {
        return new InvalidInvitation("the gateway URL '" + url
                + "' goes over a public network in plain text; give a wss:// URL, or set invitations.gateway-url");
    }

    static InvalidInvitation tooPowerful(InvitationProfile profile, GatewayUrl url) {
        return new InvalidInvitation("profile '" + profile.label() + "' gives operator.admin, and the gateway URL '"
                + url + "' goes over the network in plain text; give a wss:// URL, or a smaller profile");
    }

    static InvalidInvitation tooMany(int max) {
        return new InvalidInvitation(
                max + " invitations are open (invitations.open-max); revoke some, or wait until they expire");
    }
}
