package dev.gatehouse.device;

/**
 * The connections to the database at one moment.
 *
 * @param active how many are in use
 * @param idle how many wait to be used
 * @param waiting how many threads wait for one
 */
public record PoolFigures(int active, int idle, int waiting) {}
