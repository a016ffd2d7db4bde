package dev.gatehouse.admission;

import java.time.Duration;
import java.util.List;

import dev.gatehouse.spi.Setting;

/** What the operator says about the chain: which checks, in which order, and how long they may take. */
public record AdmissionSettings(
        @Setting(
                about = "The checks that examine every connection, in this order, each provided by a loaded plugin; a"
                        + " line is the name of a check, or a mapping with the keys below.",
                fallback = "secure-context, origin, device-identity, token, pairing")
        List<ChainEntry> chain,

        @Setting(
                about = "How long one check may take at each stage, 1ms to 5m; a later answer counts as failed.",
                fallback = "250ms")
        Duration checkDeadline,

        @Setting(
                about =
                        "How long all checks together may take at each stage, waiting for a thread included, 1ms to 5m.",
                fallback = "2s")
        Duration chainDeadline,

        @Setting(about = "How many checks may run at the same time, in all connections, 1 to 1024.", fallback = "32")
        int threads,

        @Setting(
                about = "After how many failures in a row, time-outs included, a check is not asked for a while, 1 to"
                        + " 1000; every connection fails meanwhile.",
                fallback = "5")
        int breakerFailures,

        @Setting(
                about = "How long such a check is not asked before one connection tries it again, 1ms to 5m.",
                fallback = "5s")
        Duration breakerPause) {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int THREADS_MAX = 1024;
    private static final int BREAKER_FAILURES_MAX = 1000;

    public AdmissionSettings {
        chain = List.copyOf(chain);
        requireInBounds("check-deadline", checkDeadline);
        requireInBounds("chain-deadline", chainDeadline);
        requireInBounds("threads", threads, THREADS_MAX);
        requireInBounds("breaker-failures", breakerFailures, BREAKER_FAILURES_MAX);
        requireInBounds("breaker-pause", breakerPause);
    }

    private static void requireInBounds(String key, int count, int max) {
        if (count < 1 || count > max) {
            throw new IllegalArgumentException(key + ": '" + count + "' is not between 1 and " + max);
        }
    }

    private static void requireInBounds(String key, Duration length) {
        if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    key + ": '" + length.toMillis() + "ms' is not between 1ms and 5m; give a duration like 250ms");
        }
    }
}
