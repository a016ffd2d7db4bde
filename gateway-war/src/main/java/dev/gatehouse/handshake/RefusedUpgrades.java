package dev.gatehouse.handshake;

import dev.gatehouse.forwarded.Attribution;
import dev.gatehouse.spi.UpgradeContext;

/** Keeps what is refused before there is a WebSocket. Called on the container's threads; must not block. */
public interface RefusedUpgrades {

    /**
     * An upgrade is refused because nobody can tell who it comes from.
     *
     * @param facts what was seen
     * @param refused why, and what the operator has to change
     * @return the id under which it is kept
     */
    String unattributed(UpgradeContext facts, Attribution.Refused refused);

    /**
     * An upgrade is refused because too many sockets of its address, or of all, are not admitted yet.
     *
     * @param facts what was seen
     */
    void crowded(UpgradeContext facts);
}
