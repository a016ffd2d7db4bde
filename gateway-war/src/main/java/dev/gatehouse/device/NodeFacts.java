package dev.gatehouse.device;

/**
 * What a node said when it declared a surface. Declared, not proven; each text has at most 256 characters and no control
 * characters.
 *
 * @param client what its client said about itself
 * @param details what more it said
 * @param peer the address that it came from
 * @param isLocal whether that was this machine
 */
public record NodeFacts(ClientFacts client, NodeDetails details, String peer, boolean isLocal) {}
