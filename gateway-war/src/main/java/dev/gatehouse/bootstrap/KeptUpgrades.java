package dev.gatehouse.bootstrap;

import dev.gatehouse.forwarded.Attribution;
import dev.gatehouse.handshake.RefusedUpgrades;
import dev.gatehouse.session.Gatekeeper;
import dev.gatehouse.spi.UpgradeContext;

/** Keeps refused upgrades where every other refusal is kept. */
record KeptUpgrades(Gatekeeper gatekeeper) implements RefusedUpgrades {

    @Override
    public String unattributed(UpgradeContext facts, Attribution.Refused refused) {
        return gatekeeper.unattributed(facts, refused.reason(), refused.fix());
    }

    @Override
    public void crowded(UpgradeContext facts) {
        gatekeeper.crowded(facts);
    }
}
