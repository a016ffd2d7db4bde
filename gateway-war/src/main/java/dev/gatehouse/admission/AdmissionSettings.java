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
                about = "How long one check may take at each stage; a later answer counts as failed.",
                fallback = "250ms")
        Duration checkDeadline,

        @Setting(
                about = "How long all checks together may take at each stage, waiting for a thread included.",
                fallback = "2s")
        Duration chainDeadline,

        @Setting(about = "How many checks may run at the same time, in all connections: 1 to 1024.", fallback = "32")
        int threads) {

    private static final int THREADS_MAX = 1024;

    public AdmissionSettings {
        chain = List.copyOf(chain);
        requirePositive("check-deadline", checkDeadline);
        requirePositive("chain-deadline", chainDeadline);
        if (threads < 1 || threads > THREADS_MAX) {
            throw new IllegalArgumentException("threads: '" + threads + "' is not between 1 and " + THREADS_MAX);
        }
    }

    private static void requirePositive(String key, Duration deadline) {
        if (deadline.isZero() || deadline.isNegative()) {
            throw new IllegalArgumentException(
                    key + ": '" + deadline + "' is not positive; give a duration like 250ms");
        }
    }
}
