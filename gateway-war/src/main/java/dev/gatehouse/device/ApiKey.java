package dev.gatehouse.device;

/**
 * A key that opens the management API, without its secret.
 *
 * @param id names the key in logs
 * @param label what it was made for
 */
public record ApiKey(String id, String label) {}
