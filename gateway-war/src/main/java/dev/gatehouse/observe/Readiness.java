package dev.gatehouse.observe;

import java.util.function.BooleanSupplier;

/**
 * Whether the gateway has started, and whether it should be sent clients. Never blocks; safe for concurrent use.
 *
 * <p>A gateway that runs has a chain in force: it does not start without one, and keeps the one before when another
 * cannot be built.
 */
public final class Readiness {

    private final BooleanSupplier isDatabaseUp;
    private volatile Phase phase = Phase.STARTING;

    /** Where the gateway stands between its start and its end. */
    public enum Phase {
        /** It is being built. */
        STARTING,
        /** It decides about connections. */
        RUNNING,
        /** It tells its clients to come back, and ends. */
        STOPPING
    }

    /**
     * The readiness of a gateway that starts.
     *
     * @param isDatabaseUp whether the database answered when somebody looked last; must not block
     */
    public Readiness(BooleanSupplier isDatabaseUp) {
        this.isDatabaseUp = isDatabaseUp;
    }

    /** From now on there is a chain in force. */
    public void started() {
        phase = Phase.RUNNING;
    }

    /** From now on nobody should come any more. */
    public void stopping() {
        phase = Phase.STOPPING;
    }

    public Phase phase() {
        return phase;
    }

    public boolean isDatabaseUp() {
        return isDatabaseUp.getAsBoolean();
    }

    /** Whether clients should be sent here. */
    public boolean isReady() {
        return phase == Phase.RUNNING && isDatabaseUp();
    }
}
