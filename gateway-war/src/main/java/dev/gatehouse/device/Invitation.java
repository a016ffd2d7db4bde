package dev.gatehouse.device;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * An invitation without its secrets.
 *
 * @param invitationId its id, which is no secret
 * @param profile what the device is approved for that redeems it
 * @param label what that device will be called
 * @param createdBy the device of the session that invited, or empty for the owner of the gateway
 * @param gatewayUrl where the device reaches the gateway
 * @param state what became of it
 * @param createdAt since when there is it
 * @param expiresAt until when it can be redeemed
 * @param completion who redeemed it
 */
public record Invitation(
        String invitationId,
        InvitationProfile profile,
        Optional<String> label,
        Optional<String> createdBy,
        GatewayUrl gatewayUrl,
        State state,
        Instant createdAt,
        Instant expiresAt,
        Optional<Completion> completion) {

    /** What became of an invitation. */
    public enum State {
        /** It can be redeemed. */
        OPEN,
        /** A device has redeemed it. */
        REDEEMED,
        /** Somebody withdrew it. */
        REVOKED,
        /** Nobody redeemed it in time. */
        EXPIRED;

        /** The name in representations. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Who redeemed it.
     *
     * @param deviceId the device
     * @param deviceName what its client calls itself
     * @param at when
     */
    public record Completion(String deviceId, Optional<String> deviceName, Instant at) {}
}
