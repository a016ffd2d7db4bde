package dev.gatehouse.device;

/**
 * How much there is in the registry. On several nodes, all of them count the same.
 *
 * @param devices approved devices
 * @param pairingPending pairing requests that wait for an operator
 * @param activeTokens device tokens that are good
 * @param expiredTokens device tokens whose end has passed
 * @param revokedTokens roles of devices whose token was revoked
 * @param missingTokens roles of devices that have no token yet
 */
public record RegistryCounts(
        long devices,
        long pairingPending,
        long activeTokens,
        long expiredTokens,
        long revokedTokens,
        long missingTokens) {}
