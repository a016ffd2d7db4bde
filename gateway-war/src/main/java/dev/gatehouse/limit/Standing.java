package dev.gatehouse.limit;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/**
 * How a guesser stands: free, then limited, and is to come back later each time, then locked. Immutable.
 *
 * @param since when the first of these guesses came, in epoch milliseconds
 * @param guesses how many came
 * @param lockedUntil when the lock ends, in epoch milliseconds; 0 for none
 */
record Standing(long since, int guesses, long lockedUntil) {

    /** So many in a minute have no consequence (wire reference 10). */
    static final int FREE = 10;

    /** So many more are answered with a delay that doubles; the next one locks. */
    private static final int SLOWED = 5;

    static final Duration LOCK = Duration.ofMinutes(5);
    private static final long WINDOW = Duration.ofMinutes(1).toMillis();
    private static final long LIMITED = LOCK.toMillis();
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);

    static final Standing NONE = new Standing(0, 0, 0);

    /** How it stands after another guess. A lock is neither prolonged nor renewed by guesses that come during it. */
    Standing afterGuess(long now) {
        if (isLocked(now)) {
            return this;
        }
        if (isOver(now)) {
            return new Standing(now, 1, 0);
        }
        int more = guesses + 1;
        return new Standing(since, more, more > FREE + SLOWED ? now + LOCK.toMillis() : 0);
    }

    boolean isLocked(long now) {
        return lockedUntil > now;
    }

    /** Whether whoever guesses is asked to wait by now, locked or not. */
    boolean isLimited(long now) {
        return isLocked(now) || (guesses > FREE && !isOver(now));
    }

    /** Whether the next guess is the first one again. */
    boolean isOver(long now) {
        long after = guesses > FREE ? LIMITED : WINDOW;
        return lockedUntil > 0 ? !isLocked(now) : now - since >= after;
    }

    /** Whether this says more than another standing of the same guesser: a later lock, or else a later beginning. */
    boolean isAfter(Standing other) {
        return Comparator.comparingLong(Standing::lockedUntil)
                        .thenComparingLong(Standing::since)
                        .thenComparingInt(Standing::guesses)
                        .compare(this, other)
                > 0;
    }

    /** For how long whoever shows a wrong secret now is asked to wait; empty while that is free. */
    Optional<Duration> delay(long now) {
        if (isLocked(now)) {
            return Optional.of(Duration.ofMillis(lockedUntil - now));
        }
        return isLimited(now) ? Optional.of(FIRST_DELAY.multipliedBy(1L << (guesses - FREE - 1))) : Optional.empty();
    }
}
