package dev.gatehouse.journal;

import java.time.Duration;

import dev.gatehouse.spi.Setting;

/**
 * How much of the journal is kept.
 *
 * @param keep how long entries are kept
 * @param maxEntries how many are kept at most
 */
public record AuditSettings(
        @Setting(about = "How long the audit and the events are kept, 1h to 3650d.", fallback = "90d")
        Duration keep,

        @Setting(about = "How many entries are kept at most, 1000 to 100000000; the oldest go.", fallback = "1000000")
        int maxEntries) {

    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final int FEWEST = 1000;
    private static final int MOST = 100_000_000;

    /** Checks every bound. */
    public AuditSettings {
        if (keep.compareTo(SHORTEST) < 0 || keep.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("keep must be 1h to 3650d, not '" + keep + "'; remove it to use 90d");
        }
        if (maxEntries < FEWEST || maxEntries > MOST) {
            throw new IllegalArgumentException("max-entries must be " + FEWEST + " to " + MOST + ", not '" + maxEntries
                    + "'; remove it to use 1000000");
        }
    }
}
