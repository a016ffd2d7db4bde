package dev.gatehouse.session;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.gatehouse.admission.AdmissionListener;
import dev.gatehouse.admission.Decision;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.UpgradeContext;

/** Remembers what it heard, in one word each. */
final class RecordingListener implements AdmissionListener {

    private final List<String> words = new CopyOnWriteArrayList<>();
    private volatile boolean isBroken;

    /** What it heard so far. */
    List<String> words() {
        return List.copyOf(words);
    }

    /** From now on it throws, after it has heard. */
    void breakDown() {
        isBroken = true;
    }

    @Override
    public void decided(ConnectContext context, Decision decision, Duration handshake) {
        hear(
                decision instanceof Decision.Refused refused
                        ? "Refused " + refused.reason().code()
                        : decision.getClass().getSimpleName());
    }

    @Override
    public void turnedAway(UpgradeContext upgrade, String code, Duration handshake) {
        hear("turned away " + code);
    }

    private void hear(String word) {
        words.add(word);
        if (isBroken) {
            throw new IllegalStateException("the listener is broken");
        }
    }
}
