package dev.gatehouse.bench.load;

import java.util.Collection;

import org.HdrHistogram.Histogram;

/** How long something took, in milliseconds. */
public record Latency(double p50, double p99, double max) {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final int DIGITS = 3;

    /** Of a few thousand values at most, each in nanoseconds. */
    public static Latency of(Collection<Long> nanos) {
        Histogram histogram = new Histogram(DIGITS);
        nanos.forEach(histogram::recordValue);
        return of(histogram);
    }

    static Latency of(Histogram nanos) {
        return new Latency(
                nanos.getValueAtPercentile(50) / NANOS_PER_MILLI,
                nanos.getValueAtPercentile(99) / NANOS_PER_MILLI,
                nanos.getMaxValue() / NANOS_PER_MILLI);
    }
}
