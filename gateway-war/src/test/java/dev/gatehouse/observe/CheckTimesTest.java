package dev.gatehouse.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.admission.CheckFigures;
import dev.gatehouse.admission.CheckFigures.Times;
import dev.gatehouse.admission.CheckFigures.TimesTaken;
import dev.gatehouse.admission.Mode;
import dev.gatehouse.admission.Trace.Stage;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBucket;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CheckTimesTest {

    private static final int PLACES = 39;

    @Test
    void answers_fallBelowTheBoundThatTheyTookLessThan() {
        List<Long> counts = new ArrayList<>(Collections.nCopies(PLACES, 0L));
        counts.set(14, 1L); // less than 2^14 ns
        counts.set(15, 2L); // less than 2^15 ns, so below the second bound
        counts.set(16, 4L);
        counts.set(38, 8L); // minutes

        List<ClassicHistogramBucket> buckets =
                points(counts).get(0).getClassicBuckets().stream().toList();

        assertThat(buckets.get(0).getUpperBound()).isEqualTo(16_384e-9);
        assertThat(buckets.get(0).getCount()).isEqualTo(1);
        assertThat(buckets.get(1).getUpperBound()).isEqualTo(65_536e-9);
        assertThat(buckets.get(1).getCount()).isEqualTo(6);
        assertThat(buckets.get(buckets.size() - 1).getUpperBound()).isInfinite();
        assertThat(buckets.get(buckets.size() - 1).getCount()).isEqualTo(8);
        assertThat(buckets.stream().mapToLong(ClassicHistogramBucket::getCount).sum())
                .isEqualTo(15);
    }

    @Test
    void stage_atWhichNothingWasAsked_isLeftOut() {
        assertThat(points(Collections.nCopies(PLACES, 0L))).isEmpty();
    }

    private static List<HistogramDataPointSnapshot> points(List<Long> counts) {
        Duration none = Duration.ZERO;
        CheckFigures figures = new CheckFigures(
                "token",
                Mode.ENFORCE,
                15,
                15,
                0,
                0,
                0,
                0,
                0,
                new Times(none, none, none, none),
                Map.of(Stage.CONNECT, new TimesTaken(counts, Duration.ofMillis(3))),
                Optional.empty(),
                CheckFigures.Breaker.CLOSED,
                Optional.empty());
        return CheckTimes.of(List.of(figures)).getDataPoints();
    }
}
