package dev.gatehouse.journal;

import java.time.Clock;
import java.util.Optional;

/**
 * Notices when there are suddenly many refusals: a hundred within one minute of the clock, and not in the ten minutes
 * before. Safe for concurrent use.
 */
final class RefusalSpike {

    private static final int MANY = 100;
    private static final long MINUTE_MILLIS = 60_000;
    private static final long QUIET_MINUTES = 10;

    private final Clock clock;

    // guarded by this
    private long minute;
    private int count;
    private long quietUntil;

    RefusalSpike(Clock clock) {
        this.clock = clock;
    }

    /** Counts a refusal; tells how many there were in this minute when that is to be said now. */
    synchronized Optional<Integer> refused() {
        long now = clock.millis() / MINUTE_MILLIS;
        if (now != minute) {
            minute = now;
            count = 0;
        }
        count++;
        if (count < MANY || now < quietUntil) {
            return Optional.empty();
        }
        quietUntil = now + QUIET_MINUTES;
        return Optional.of(count);
    }
}
