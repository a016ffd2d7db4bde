package dev.gatehouse.admission;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.gatehouse.admission.CircuitBreaker.Permit;
import org.jspecify.annotations.Nullable;

/**
 * An examination's wait for a thread, or for one check. It is ended once, by whoever comes first.
 *
 * @param link the check, or null when no thread has come yet
 * @param permit under which the check is asked
 * @param repliesBefore how many checks have replied before
 * @param since when it began
 * @param stalledBefore how long the machine had stalled in all when it began
 * @param hasEnded guards the end
 */
record Wait(
        @Nullable Link link, Permit permit, int repliesBefore, long since, long stalledBefore, AtomicBoolean hasEnded) {

    static Wait forThread(long since) {
        return new Wait(null, Permit.DENIED, 0, since, 0, new AtomicBoolean());
    }

    static Wait forCheck(Link link, Permit permit, int repliesBefore, long since, long stalledBefore) {
        return new Wait(link, permit, repliesBefore, since, stalledBefore, new AtomicBoolean());
    }

    /** Whether the caller is the one who ended it. */
    boolean end() {
        return hasEnded.compareAndSet(false, true);
    }

    Duration lasted() {
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
