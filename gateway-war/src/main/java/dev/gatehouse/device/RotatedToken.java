package dev.gatehouse.device;

import java.time.Instant;
import java.util.Optional;

import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;

/**
 * What became of a rotation.
 *
 * @param deviceId whose token
 * @param role for which role
 * @param scopes what the new token carries
 * @param rotatedAt when it was rotated
 * @param oldValidUntil until when the old token is valid, unless the new one is used before
 * @param token the new token, when the caller is its device and bound to it; otherwise the next hello delivers one
 */
public record RotatedToken(
        String deviceId,
        Role role,
        Scopes scopes,
        Instant rotatedAt,
        Instant oldValidUntil,
        Optional<IssuedToken> token) {}
