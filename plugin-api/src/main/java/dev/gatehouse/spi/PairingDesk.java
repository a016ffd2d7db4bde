package dev.gatehouse.spi;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a device asks to be known. Implemented by the gateway; safe for concurrent use; every method may block on the
 * database and commits before it returns.
 *
 * @since 0.1
 */
public interface PairingDesk {

    /** Why a device must ask (wire reference 4.6, R61 to R64). */
    enum Need {
        /** The device is not known, or known with another key. */
        NOT_PAIRED,
        /** The device's platform or family is not the one that was approved. */
        METADATA_UPGRADE,
        /** The device asks for a role that was not approved. */
        ROLE_UPGRADE,
        /** The device asks for more scopes than were approved. */
        SCOPE_UPGRADE
    }

    /**
     * A device asking to be known, or to be known as more.
     *
     * @param device the device, its key proven
     * @param client what the client says about itself
     * @param role the role asked for
     * @param scopes the scopes asked for
     * @param need why it must ask
     * @param peer the address it asks from
     * @param isLocal whether it is on this machine
     */
    record Claim(
            DeviceProof.Verified device,
            Client client,
            Role role,
            Scopes scopes,
            Need need,
            InetAddress peer,
            boolean isLocal) {}

    /**
     * A pairing request that waits for an operator.
     *
     * @param requestId names the request; the same for every attempt of the device until the request ends
     * @param pollEvery how long the client should wait at least between two attempts
     */
    record Ticket(String requestId, Duration pollEvery) {

        private static final int CODE_LENGTH = 9;

        /**
         * The short code by which people name the request when they approve it.
         *
         * @return the first two groups of the request id, {@code xxxx-xxxx}
         */
        public String code() {
            return requestId.length() <= CODE_LENGTH ? requestId : requestId.substring(0, CODE_LENGTH);
        }
    }

    /**
     * Opens a pairing request, or finds the one that the device has open for this role and adds to it what is asked for
     * now.
     *
     * @param claim who asks for what
     * @return the request, or empty when no more requests may wait (from this address, or in all), or when a device of
     *     this id was approved with another key, which operators are told
     * @throws TemporarilyUnavailable when the database cannot answer
     */
    Optional<Ticket> open(Claim claim);

    /**
     * Approves what a claim asks for at once, without an operator. For a check whose operator switched that on; the
     * device is recorded as approved silently.
     *
     * @param claim who asks for what
     * @throws TemporarilyUnavailable when the database cannot answer
     */
    void approveSilently(Claim claim);
}
