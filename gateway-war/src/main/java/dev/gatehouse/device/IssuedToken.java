package dev.gatehouse.device;

import java.time.Instant;

import dev.gatehouse.spi.Secret;

/**
 * A device token in the only moment in which it is known in plain.
 *
 * @param token the token, to be delivered and forgotten
 * @param issuedAt when it was issued
 */
public record IssuedToken(Secret token, Instant issuedAt) {}
