package dev.gatehouse.device;

import java.time.Instant;
import java.util.Optional;

/**
 * A key that opens the management API, without its secret.
 *
 * @param id names the key in logs
 * @param label what it was made for
 * @param scope what it is good for
 * @param createdAt when it was made
 * @param expiresAt when it ends, if it does by itself
 */
public record ApiKey(String id, String label, KeyScope scope, Instant createdAt, Optional<Instant> expiresAt) {}
