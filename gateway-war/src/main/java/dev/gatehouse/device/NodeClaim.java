package dev.gatehouse.device;

import java.net.InetAddress;

import dev.gatehouse.spi.Client;

/**
 * What a node that was admitted declares that it can be used for.
 *
 * @param deviceId its device, which was proven
 * @param client what it says about itself
 * @param details what more it says
 * @param peer the address that it came from
 * @param isLocal whether that is this machine
 * @param surface what it declares, without what no node of its platform may offer
 */
public record NodeClaim(
        String deviceId, Client client, NodeDetails details, InetAddress peer, boolean isLocal, NodeSurface surface) {}
