package dev.gatehouse.admission;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

import dev.gatehouse.admission.CheckFigures.LastFailure;
import dev.gatehouse.admission.CheckFigures.Times;
import dev.gatehouse.admission.CheckFigures.TimesTaken;
import dev.gatehouse.admission.Trace.Answer;
import dev.gatehouse.admission.Trace.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one check answers and how long it takes. Lock-free; figures read while answers come in may be a few apart.
 *
 * <p>Times fall into buckets by powers of two of nanoseconds; the last one holds everything from four minutes up.
 */
final class CheckCounters {

    private static final int BUCKETS = 39;
    private static final double HALF = 0.5;
    private static final double ALL_BUT_ONE_IN_A_HUNDRED = 0.99;

    private final Clock clock;
    private final Map<Answer, LongAdder> answers = new EnumMap<>(Answer.class);
    private final Map<Stage, Taken> taken = new EnumMap<>(Stage.class);
    private final LongAdder notAsked = new LongAdder();
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);
    private volatile @Nullable LastFailure lastFailure;

    CheckCounters(Clock clock) {
        this.clock = clock;
        for (Answer answer : Answer.values()) {
            answers.put(answer, new LongAdder());
        }
        for (Stage stage : Stage.values()) {
            taken.put(stage, new Taken(adders(BUCKETS), new LongAdder()));
        }
    }

    void add(Reply reply) {
        long took = reply.took().toNanos();
        adder(reply.answer()).increment();
        taken(reply.stage()).add(took);
        longest.accumulate(took);
        if (reply instanceof Reply.Unusable unusable) {
            Failure failure = unusable.failure();
            lastFailure = new LastFailure(clock.instant(), failure.kind(), failure.summary());
        }
    }

    void addNotAsked() {
        notAsked.increment();
    }

    CheckFigures figures(NamedCheck check, CheckFigures.Breaker breaker, Optional<ShadowFigures> shadow) {
        long asked = 0;
        for (LongAdder answer : answers.values()) {
            asked += answer.sum();
        }
        return new CheckFigures(
                check.name(),
                check.mode(),
                asked,
                count(Answer.PASS),
                count(Answer.IDENTIFIED),
                count(Answer.ABSENT),
                count(Answer.VETO),
                count(Answer.FAILED),
                notAsked.sum(),
                times(),
                taken(),
                Optional.ofNullable(lastFailure),
                breaker,
                shadow);
    }

    private long count(Answer answer) {
        return adder(answer).sum();
    }

    private LongAdder adder(Answer answer) {
        return Objects.requireNonNull(answers.get(answer));
    }

    private Taken taken(Stage stage) {
        return Objects.requireNonNull(taken.get(stage));
    }

    private Map<Stage, TimesTaken> taken() {
        Map<Stage, TimesTaken> figures = new EnumMap<>(Stage.class);
        taken.forEach((stage, own) -> figures.put(stage, own.figures()));
        return figures;
    }

    private Times times() {
        long[] counts = new long[BUCKETS];
        long all = 0;
        long nanos = 0;
        for (Taken own : taken.values()) {
            nanos += own.nanos().sum();
            for (int i = 0; i < BUCKETS; i++) {
                long count = own.buckets()[i].sum();
                counts[i] += count;
                all += count;
            }
        }
        long max = longest.get();
        return new Times(
                Duration.ofNanos(all == 0 ? 0 : nanos / all),
                Duration.ofNanos(Math.min(max, bound(counts, all, HALF))),
                Duration.ofNanos(Math.min(max, bound(counts, all, ALL_BUT_ONE_IN_A_HUNDRED))),
                Duration.ofNanos(max));
    }

    /** The upper bound of the bucket that holds the answer of this rank. */
    private static long bound(long[] counts, long all, double share) {
        long rank = (long) Math.ceil(all * share);
        long seen = 0;
        for (int i = 0; i < BUCKETS - 1; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return 1L << i;
            }
        }
        return Long.MAX_VALUE;
    }

    /** How long the check took at one stage. */
    @SuppressWarnings("ArrayRecordComponent") // private, and never compared
    private record Taken(LongAdder[] buckets, LongAdder nanos) {

        void add(long took) {
            buckets[bucketOf(took)].increment();
            nanos.add(took);
        }

        TimesTaken figures() {
            return new TimesTaken(Arrays.stream(buckets).map(LongAdder::sum).toList(), Duration.ofNanos(nanos.sum()));
        }
    }

    /** Bucket {@code i} holds what took less than {@code 2^i} nanoseconds, and no less than half of that. */
    private static int bucketOf(long took) {
        return Math.min(BUCKETS - 1, Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, took)));
    }

    private static LongAdder[] adders(int count) {
        LongAdder[] adders = new LongAdder[count];
        for (int i = 0; i < count; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }
}
