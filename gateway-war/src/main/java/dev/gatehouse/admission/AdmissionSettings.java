package dev.gatehouse.admission;

import java.time.Duration;
import java.util.List;

import dev.gatehouse.spi.Setting;

/** What the operator says about the chain: which checks, in which order, and how long they may take. */
public record AdmissionSettings(
        @Setting(
                about = "The checks that examine every connection, in this order; each must be provided by a"
                        + " loaded plugin.",
                fallback = "secure-context, origin, device-identity, token, pairing")
        List<String> chain,

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
        int threads) {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int THREADS_MAX = 1024;

    public AdmissionSettings {
        chain = List.copyOf(chain);
        requireInBounds("check-deadline", checkDeadline);
        requireInBounds("chain-deadline", chainDeadline);
        if (threads < 1 || threads > THREADS_MAX) {
            throw new IllegalArgumentException("threads: '" + threads + "' is not between 1 and " + THREADS_MAX);
        }
    }

    private static void requireInBounds(String key, Duration deadline) {
        if (deadline.compareTo(SHORTEST) < 0 || deadline.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    key + ": '" + deadline.toMillis() + "ms' is not between 1ms and 5m; give a duration like 250ms");
        }
    }
}
