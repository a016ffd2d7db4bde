package dev.gatehouse.device;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

import dev.gatehouse.spi.PairingDesk;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;

/**
 * A device asking to be known, or to be known as more.
 *
 * @param requestId names the request, from the first attempt of the device to the end
 * @param deviceId the device
 * @param publicKey the device's key, canonical base64url
 * @param role the role asked for
 * @param scopes the scopes asked for
 * @param need why the device must ask
 * @param client what the client says about itself
 * @param peer the address of the last attempt
 * @param isLocal whether that attempt came from this machine
 * @param state what became of the request
 * @param createdAt when the device first asked
 * @param refreshedAt when it last asked, to the minute
 * @param resolvedAt when the request ended
 */
public record PairingRequest(
        String requestId,
        String deviceId,
        String publicKey,
        Role role,
        Scopes scopes,
        PairingDesk.Need need,
        ClientFacts client,
        String peer,
        boolean isLocal,
        State state,
        Instant createdAt,
        Instant refreshedAt,
        Optional<Instant> resolvedAt) {

    /** The short code by which people name the request. */
    public String code() {
        return new PairingDesk.Ticket(requestId, Duration.ZERO).code();
    }

    /** What became of a pairing request. */
    public enum State {
        /** It waits for an operator. */
        PENDING,
        /** It was approved, by an operator or silently. */
        APPROVED,
        /** An operator rejected it. */
        REJECTED,
        /** The device stopped asking before anybody decided. */
        EXPIRED;

        /** The state's name in texts and representations. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
