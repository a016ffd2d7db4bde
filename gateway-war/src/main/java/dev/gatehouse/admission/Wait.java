package dev.gatehouse.admission;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.gatehouse.admission.CircuitBreaker.Permit;
import org.jspecify.annotations.Nullable;

/** An examination's wait for a thread, or for one check; true once it has ended. */
final class Wait extends AtomicBoolean {

    private static final long serialVersionUID = 1L;

    final transient @Nullable Link link;
    final transient Permit permit;
    final int repliesBefore;
    final long since;

    /** How long the machine had stalled in all when the wait began. */
    final long stalledBefore;

    Wait(@Nullable Link link, Permit permit, int repliesBefore, long since, long stalledBefore) {
        this.link = link;
        this.permit = permit;
        this.repliesBefore = repliesBefore;
        this.since = since;
        this.stalledBefore = stalledBefore;
    }

    /** Whether the caller is the one who ended it. */
    boolean end() {
        return compareAndSet(false, true);
    }

    Duration lasted() {
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
