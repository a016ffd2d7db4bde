package dev.gatehouse.management;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the failures of each address, and says when it is enough (wire reference 10): ten within a minute, after which
 * the address waits until that minute is over. Ten thousand addresses are remembered, those that failed last. Safe for
 * concurrent use.
 */
final class GuessLimit {

    private static final int FAILURES_MAX = 10;
    private static final int ADDRESSES_MAX = 10_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Clock clock;

    // guarded by this
    private final Map<String, Failures> failures = new LinkedHashMap<>();

    private record Failures(long since, int count) {}

    GuessLimit(Clock clock) {
        this.clock = clock;
    }

    /** Whether an address must wait. */
    synchronized boolean isReached(String address) {
        Failures counted = failures.get(address);
        return counted != null && isCurrent(counted) && counted.count() >= FAILURES_MAX;
    }

    synchronized void failed(String address) {
        Failures before = failures.remove(address);
        failures.put(
                address,
                before != null && isCurrent(before)
                        ? new Failures(before.since(), before.count() + 1)
                        : new Failures(clock.millis(), 1));
        if (failures.size() > ADDRESSES_MAX) {
            failures.remove(failures.keySet().iterator().next());
        }
    }

    /** How many seconds an address that must wait waits at most. */
    static long retrySeconds() {
        return WINDOW.toSeconds();
    }

    private boolean isCurrent(Failures counted) {
        return clock.millis() - counted.since() < WINDOW.toMillis();
    }
}
