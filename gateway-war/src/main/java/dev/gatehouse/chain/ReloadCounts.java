package dev.gatehouse.chain;

/**
 * What became of all attempts to put something else in force.
 *
 * @param swapped how many succeeded
 * @param rejected how many failed, after which the chain before stayed
 */
public record ReloadCounts(long swapped, long rejected) {}
