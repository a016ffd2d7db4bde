package dev.gatehouse.bench.load;

import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.gatehouse.bench.client.Phase;
import dev.gatehouse.bench.client.Timings;
import org.HdrHistogram.Histogram;

/**
 * Collects what the attempts of a run took, leaving out whatever ended outside the measured window; safe for use by many
 * threads. One lock serves: the attempts are a thousand times longer than the time it is held.
 */
final class Recorder {

    private static final long LONGEST_NANOS = 120_000_000_000L;
    private static final int DIGITS = 3;

    private final long windowStart;
    private final long windowEnd;
    private final Map<Phase, Histogram> phases = new EnumMap<>(Phase.class);
    private final Histogram total = histogram();
    private final Errors errors = new Errors();

    Recorder(long windowStart, long windowEnd) {
        this.windowStart = windowStart;
        this.windowEnd = windowEnd;
    }

    private static Histogram histogram() {
        return new Histogram(1000, LONGEST_NANOS, DIGITS);
    }

    synchronized void succeeded(Timings timings) {
        if (inWindow(timings.finishedAt())) {
            timings.nanos()
                    .forEach((phase, nanos) -> record(phases.computeIfAbsent(phase, unused -> histogram()), nanos));
            record(total, timings.totalNanos());
        }
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.min(nanos, LONGEST_NANOS));
    }

    void answeredOtherwise(String kind, long finishedAt) {
        if (inWindow(finishedAt)) {
            errors.add(kind);
        }
    }

    void failed(IOException failure) {
        if (inWindow(System.nanoTime())) {
            errors.add(failure);
        }
    }

    void failedToLeave(IOException failure) {
        if (inWindow(System.nanoTime())) {
            errors.add("after the answer: " + Errors.kind(failure));
        }
    }

    private boolean inWindow(long nanoTime) {
        return nanoTime - windowStart >= 0 && nanoTime - windowEnd < 0;
    }

    synchronized long count() {
        return total.getTotalCount();
    }

    /** Per phase in its order, and last the total. */
    synchronized Map<String, Latency> latencies() {
        Map<String, Latency> latencies = new LinkedHashMap<>();
        phases.forEach((phase, histogram) -> latencies.put(phase.label(), Latency.of(histogram)));
        latencies.put(Measurement.TOTAL, Latency.of(total));
        return latencies;
    }

    Map<String, Long> errors() {
        return errors.counts();
    }
}
