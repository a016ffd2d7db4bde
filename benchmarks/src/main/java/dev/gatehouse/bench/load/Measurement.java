package dev.gatehouse.bench.load;

import java.util.Map;

/**
 * The figures of one closed-loop run.
 *
 * @param latencies by phase and {@link #TOTAL}, of the expected answers only
 * @param errors how often each other outcome was seen
 * @param cores processor cores in use during the window, by user
 */
public record Measurement(
        String name,
        int connections,
        double seconds,
        long count,
        double perSecond,
        Map<String, Latency> latencies,
        Map<String, Long> errors,
        Map<String, Double> cores) {

    public static final String TOTAL = "total";

    /** Of the whole handshake. */
    public Latency total() {
        Latency latency = latencies.get(TOTAL);
        if (latency == null) {
            throw new IllegalStateException("measurement without a total");
        }
        return latency;
    }
}
