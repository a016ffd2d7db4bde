package dev.gatehouse.session;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads or files bring about, for a limited time. */
public final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private Eventually() {}

    /** Waits until a condition holds. */
    public static void holds(String condition, BooleanSupplier holds) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("did not come true within " + PATIENCE.toSeconds() + " s: " + condition);
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }
}
