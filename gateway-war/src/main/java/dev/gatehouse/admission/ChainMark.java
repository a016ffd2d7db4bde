package dev.gatehouse.admission;

/**
 * Tells one chain from every other for as long as anybody likes: whoever holds it keeps no plugin from being unloaded. Each
 * is equal to itself alone.
 */
public final class ChainMark {

    ChainMark() {}
}
