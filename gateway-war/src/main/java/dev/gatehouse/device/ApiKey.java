package dev.gatehouse.device;

import java.time.Instant;

/**
 * A key that opens the management API, without its secret.
 *
 * @param id names the key in logs
 * @param label what it was made for
 * @param createdAt when it was made
 */
public record ApiKey(String id, String label, Instant createdAt) {}
