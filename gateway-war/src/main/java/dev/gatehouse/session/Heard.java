package dev.gatehouse.session;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.gatehouse.admission.AdmissionListener;
import dev.gatehouse.admission.Decision;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.UpgradeContext;

/**
 * Tells a listener how one connection's admission ended: once, whatever happens afterwards, and whatever the listener
 * does. Safe for concurrent use.
 */
final class Heard {

    private static final System.Logger LOG = System.getLogger(Heard.class.getName());

    private final AdmissionListener listener;
    private final long since = System.nanoTime();
    private final AtomicBoolean isTold = new AtomicBoolean();

    /** Of a connection that opens now. */
    Heard(AdmissionListener listener) {
        this.listener = listener;
    }

    void decided(ConnectContext context, Decision decision) {
        tell(() -> listener.decided(context, decision, elapsed()));
    }

    void turnedAway(UpgradeContext upgrade, String code) {
        tell(() -> listener.turnedAway(upgrade, code, elapsed()));
    }

    private void tell(Runnable word) {
        if (!isTold.compareAndSet(false, true)) {
            return;
        }
        try {
            word.run();
        } catch (RuntimeException e) { // who is admitted does not depend on who counts
            LOG.log(Level.ERROR, "a listener to admissions failed", e);
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
