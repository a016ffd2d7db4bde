package dev.gatehouse.device;

import java.time.Instant;
import java.util.Optional;

import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;

/**
 * What was approved for one role of a device, for operators to see.
 *
 * @param role the role
 * @param scopes what it may do
 * @param withheld what it asked for and an operator left out
 * @param tokenScopes what its device token carries, which may be less
 * @param tokenIssuedAt when its device token was issued
 * @param tokenExpiresAt when its device token ends, if tokens do
 * @param tokenLastUsedAt when that token was last presented, a few seconds late
 * @param tokenRotatedAt when that token was last replaced on request
 * @param tokenRevokedAt since when the role is revoked, or empty when it is not
 */
public record DeviceGrant(
        Role role,
        Scopes scopes,
        Scopes withheld,
        Scopes tokenScopes,
        Optional<Instant> tokenIssuedAt,
        Optional<Instant> tokenExpiresAt,
        Optional<Instant> tokenLastUsedAt,
        Optional<Instant> tokenRotatedAt,
        Optional<Instant> tokenRevokedAt) {}
