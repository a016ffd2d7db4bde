package dev.gatehouse.limit;

import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How many guesses came in the last hour, by the minute: what the database had when it was read last, and what is not
 * written yet. For one thread at a time.
 */
final class GuessMinutes {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    /** An hour, and the minute that has begun: so no sixty minutes have more guesses than the count says. */
    private static final int KEPT = 61;

    private final TreeMap<Long, Long> written = new TreeMap<>();
    private final TreeMap<Long, Long> unwritten = new TreeMap<>();

    void add(long now) {
        unwritten.merge(number(now), 1L, Long::sum);
    }

    /** How many came in the last hour. */
    long sum(long now) {
        long oldest = oldest(now);
        return sum(written, oldest) + sum(unwritten, oldest);
    }

    /** How long it takes until fewer than so many came in the last hour, if no more come. */
    Duration untilFewerThan(long count, long now) {
        TreeMap<Long, Long> both = new TreeMap<>(written.tailMap(oldest(now)));
        unwritten.tailMap(oldest(now)).forEach((minute, guesses) -> both.merge(minute, guesses, Long::sum));
        long left = sum(now);
        for (Map.Entry<Long, Long> minute : both.entrySet()) {
            if (left < count) {
                break;
            }
            left -= minute.getValue();
            if (left < count) {
                return Duration.ofMillis((minute.getKey() + KEPT) * MINUTE - now);
            }
        }
        return Duration.ZERO;
    }

    /** What is to be written. */
    Map<Long, Long> unwritten() {
        return Map.copyOf(unwritten);
    }

    /**
     * Takes what the database has now.
     *
     * @param rows what it has of the last hour
     * @param added what of {@link #unwritten} is in there
     */
    void stored(Map<Long, Long> rows, Map<Long, Long> added) {
        written.clear();
        written.putAll(rows);
        added.forEach((minute, count) ->
                unwritten.computeIfPresent(minute, (number, there) -> there > count ? there - count : null));
    }

    /** The first minute that counts. */
    static long oldest(long now) {
        return number(now) - KEPT + 1;
    }

    private static long number(long now) {
        return Math.floorDiv(now, MINUTE);
    }

    private static long sum(NavigableMap<Long, Long> minutes, long oldest) {
        return minutes.tailMap(oldest).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
