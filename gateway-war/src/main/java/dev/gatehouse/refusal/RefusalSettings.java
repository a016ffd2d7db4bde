package dev.gatehouse.refusal;

import java.time.Duration;

import dev.gatehouse.spi.Setting;

/**
 * For how long and in what number refusals are kept.
 *
 * @param keep how long a refusal is kept after it was told last
 * @param max how many are kept
 */
public record RefusalSettings(
        @Setting(about = "How long a refusal is kept after it was told last, 1h to 90d.", fallback = "7d")
        Duration keep,

        @Setting(
                about = "How many refusals are kept, 100 to 20000; those of one address take up half of it at most.",
                fallback = "2000")
        int max) {

    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(90);
    private static final int FEWEST = 100;
    private static final int MOST = 20_000;

    /** Checks both bounds. */
    public RefusalSettings {
        if (keep.compareTo(SHORTEST) < 0 || keep.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "keep: '" + keep.toSeconds() + "s' is not between 1h and 90d; remove it to use 7d");
        }
        if (max < FEWEST || max > MOST) {
            throw new IllegalArgumentException(
                    "max: '" + max + "' is not between " + FEWEST + " and " + MOST + "; remove it to use 2000");
        }
    }
}
