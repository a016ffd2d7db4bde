package dev.gatehouse.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import dev.gatehouse.admission.AdmissionChain;
import dev.gatehouse.admission.Fingerprints;

/**
 * Ends the sessions that live by a shared secret when that is another one (wire reference 4.8), by looking.
 *
 * <p>A connection notes what was seen last when it begins to be decided, which may be older than the secret that it came
 * by and is never newer: so one that came by the old secret always ends, and one that came by the new one before that was
 * seen comes back once. Safe for concurrent use.
 */
public final class SecretWatch {

    private final Supplier<AdmissionChain> inForce;
    private final LiveSessions sessions;
    private final BooleanSupplier endsDevices;
    private final List<Runnable> hearers = new CopyOnWriteArrayList<>();
    private volatile Fingerprints seen = Fingerprints.NONE;

    /**
     * A watch that has seen nothing yet.
     *
     * @param inForce the chain in force
     * @param sessions whose sessions end
     * @param endsDevices whether those of devices end too; asked each time, for it may change
     */
    public SecretWatch(Supplier<AdmissionChain> inForce, LiveSessions sessions, BooleanSupplier endsDevices) {
        this.inForce = inForce;
        this.sessions = sessions;
        this.endsDevices = endsDevices;
    }

    /**
     * Tells somebody whenever what clients are identified by is something else.
     *
     * @param hearer must not block
     */
    public void whenChanged(Runnable hearer) {
        hearers.add(hearer);
    }

    /** What was seen last. */
    Fingerprints seen() {
        return seen;
    }

    /** Looks; may block as long as plugins may. */
    public synchronized void look() {
        Fingerprints now = inForce.get().fingerprints().orAsIn(seen);
        if (!now.equals(seen)) {
            hearers.forEach(Runnable::run);
        }
        seen = now;
        sessions.secretsAre(now, endsDevices.getAsBoolean());
    }
}
