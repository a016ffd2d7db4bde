package dev.gatehouse.limit;

import java.net.InetAddress;

/**
 * Who shows wrong secrets of one kind: an address, or a known device, which is never taken for its neighbours.
 *
 * @param kind what is guessed at
 * @param who {@code address} or {@code device}, and which
 */
record Guesser(CredentialKind kind, String who) {

    static Guesser at(CredentialKind kind, InetAddress address) {
        return new Guesser(kind, "address " + Neighbourhood.of(address));
    }

    static Guesser device(CredentialKind kind, String deviceId) {
        return new Guesser(kind, "device " + deviceId);
    }
}
