package dev.gatehouse.device;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Lets several threads do things at the same moment. */
final class Race {

    /** How often a test tries, for a race is not lost every time: {@code gatehouse.race.rounds}. */
    static final int ROUNDS = Integer.getInteger("gatehouse.race.rounds", 60);

    private Race() {}

    /** Settings under which every round may have a device of its own. */
    static DeviceSettings settings(Duration rotationOverlap) {
        return new DeviceSettings(Duration.ofHours(1), 10_000, 10_000, Duration.ofSeconds(5), rotationOverlap);
    }

    /** Lets two do different things that must both succeed; what they returned, in their order. */
    static List<Object> between(Callable<?> one, Callable<?> other) throws Exception {
        List<Object> outcomes = outcomes(List.of(one, other));
        assertThat(outcomes).noneMatch(Throwable.class::isInstance);
        return outcomes;
    }

    /** What each runner returned, or the exception that it threw. */
    static List<Object> of(int runners, Callable<?> work) throws Exception {
        return outcomes(Collections.nCopies(runners, work));
    }

    /** What each work returned, or the exception that it threw, in their order. */
    static List<Object> outcomes(List<? extends Callable<?>> works) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(works.size());
        try {
            CyclicBarrier start = new CyclicBarrier(works.size());
            List<Callable<Object>> tasks = works.stream()
                    .<Callable<Object>>map(work -> () -> {
                        start.await(10, TimeUnit.SECONDS);
                        return work.call();
                    })
                    .toList();
            return threads.invokeAll(tasks, 30, TimeUnit.SECONDS).stream()
                    .map(Race::outcome)
                    .toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static Object outcome(Future<Object> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
