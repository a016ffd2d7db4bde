package dev.gatehouse.bench.client;

/** The gateway's first words: what a device has to sign, and the time to sign it with. */
public record Challenge(String nonce, long timestamp) {}
