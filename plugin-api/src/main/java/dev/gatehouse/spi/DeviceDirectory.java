package dev.gatehouse.spi;

import java.util.Map;
import java.util.Optional;

/**
 * What the gateway knows about devices, to read. Implemented by the gateway; safe for concurrent use; every method may
 * block on the database.
 *
 * @since 0.1
 */
public interface DeviceDirectory {

    /**
     * A device that an operator approved.
     *
     * @param deviceId its id
     * @param publicKey its key, in the form of {@link DeviceProof.Verified#publicKey()}
     * @param platform the platform it was approved with, or empty when none is pinned
     * @param deviceFamily the family it was approved with, or empty when none is pinned
     * @param grants what was approved for each role
     */
    record PairedDevice(
            String deviceId,
            String publicKey,
            Optional<String> platform,
            Optional<String> deviceFamily,
            Map<Role, Grant> grants) {}

    /**
     * What an operator approved for one role of a device.
     *
     * @param scopes the scopes that the device may have
     * @param withheld scopes that it asked for and that the operator knowingly left out; asking for them again is
     *     neither an upgrade nor a grant
     */
    record Grant(Scopes scopes, Scopes withheld) {

        /**
         * Whether an operator has decided about every scope of a request.
         *
         * @param requested the scopes asked for
         * @return true when each is either granted or withheld
         */
        public boolean settles(Scopes requested) {
            return requested.asList().stream().allMatch(scope -> scopes.covers(scope) || withheld.covers(scope));
        }
    }

    /** What a presented device token is worth. */
    sealed interface TokenStanding {

        /**
         * The token is the device's, for this role, and what was asked for is settled.
         *
         * @param granted the scopes that it carries
         */
        record Valid(Scopes granted) implements TokenStanding {}

        /**
         * The token is of no use for this connection.
         *
         * @param reason why
         */
        record Invalid(VetoReason reason) implements TokenStanding {}
    }

    /**
     * Finds an approved device.
     *
     * @param deviceId the id to look for
     * @return the device, or empty when it is not approved
     * @throws TemporarilyUnavailable when the database cannot answer
     */
    Optional<PairedDevice> find(String deviceId);

    /**
     * Whether an approved device had a role that was revoked, and nobody gave it back yet.
     *
     * @param deviceId the device
     * @param role the role
     * @return true when it was revoked; false also for what was never approved
     * @throws TemporarilyUnavailable when the database cannot answer
     */
    default boolean isRevoked(String deviceId, Role role) {
        return false;
    }

    /**
     * Examines a device token (wire reference 7.6).
     *
     * @param device the device whose key the client holds
     * @param role what it connects as
     * @param requested what it asks for
     * @param token the token that it presented
     * @return what the token is worth
     * @throws TemporarilyUnavailable when the database cannot answer
     */
    TokenStanding examine(DeviceProof.Verified device, Role role, Scopes requested, Secret token);

    /**
     * Examines the token of an invitation (wire reference 7.8). Nothing comes of asking: the gateway redeems the
     * invitation when every check has let the connection pass.
     *
     * <p>The default knows no invitation.
     *
     * @param device the device whose key the client holds
     * @param role what it connects as
     * @param requested what it asks for
     * @param token the token that it presented
     * @return what the token is worth; a check whose answer that decides identifies the client by {@link
     *     Identity#BOOTSTRAP_TOKEN}, upon which the gateway redeems
     * @throws TemporarilyUnavailable when the database cannot answer
     */
    default TokenStanding examineInvitation(DeviceProof.Verified device, Role role, Scopes requested, Secret token) {
        return new TokenStanding.Invalid(VetoReason.of(
                "AUTH_BOOTSTRAP_TOKEN_INVALID", VetoReason.Effect.IDENTIFY, "unauthorized: setup code unknown"));
    }
}
