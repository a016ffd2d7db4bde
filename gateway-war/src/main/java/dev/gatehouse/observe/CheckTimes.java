package dev.gatehouse.observe;

import java.util.List;
import java.util.Locale;

import dev.gatehouse.admission.CheckFigures;
import dev.gatehouse.admission.CheckFigures.TimesTaken;
import dev.gatehouse.admission.Trace.Stage;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;

/** Draws the histograms of the checks from what the chain counts anyway, so that they cost a decision nothing. */
final class CheckTimes {

    /** Powers of two of nanoseconds: 16 microseconds to 17 seconds, each four times the one before. */
    private static final int FIRST = 14;

    private static final int LAST = 34;
    private static final int STEP = 2;
    private static final double NANOS = 1e9;

    private CheckTimes() {}

    static HistogramSnapshot of(List<CheckFigures> checks) {
        HistogramSnapshot.Builder histogram = HistogramSnapshot.builder()
                .name("gatehouse_check_seconds")
                .help("How long checks took since the chain came into force, by stage; shadow checks too");
        for (CheckFigures check : checks) {
            check.taken().forEach((stage, taken) -> {
                if (taken.counts().stream().anyMatch(count -> count > 0)) {
                    histogram.dataPoint(point(check, stage, taken));
                }
            });
        }
        return histogram.build();
    }

    private static HistogramDataPointSnapshot point(CheckFigures check, Stage stage, TimesTaken taken) {
        return HistogramDataPointSnapshot.builder()
                .labels(Labels.of(
                        "check", check.check(),
                        "stage", lowerCase(stage),
                        "mode", lowerCase(check.mode())))
                .classicHistogramBuckets(buckets(taken.counts()))
                .sum(taken.sum().toNanos() / NANOS)
                .build();
    }

    /** Each bucket holds what is above the bound before it. */
    private static ClassicHistogramBuckets buckets(List<Long> counts) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        int from = 0;
        for (int bound = FIRST; bound <= LAST; bound += STEP) {
            buckets.bucket((1L << bound) / NANOS, sum(counts, from, bound + 1));
            from = bound + 1;
        }
        return buckets.bucket(Double.POSITIVE_INFINITY, sum(counts, from, counts.size()))
                .build();
    }

    private static long sum(List<Long> counts, int from, int to) {
        return counts.subList(from, to).stream().mapToLong(Long::longValue).sum();
    }

    static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
