package dev.gatehouse.testkit;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.Verdict;

/** A check that leaves everything to another one; a breach overrides what it breaks. */
class ForwardingCheck implements AdmissionCheck {

    private final AdmissionCheck sound;

    ForwardingCheck(AdmissionCheck sound) {
        this.sound = sound;
    }

    @Override
    public Verdict atUpgrade(UpgradeContext upgrade) {
        return sound.atUpgrade(upgrade);
    }

    @Override
    public Verdict atConnect(ConnectContext context) {
        return sound.atConnect(context);
    }

    @Override
    public void close() {
        sound.close();
    }
}
