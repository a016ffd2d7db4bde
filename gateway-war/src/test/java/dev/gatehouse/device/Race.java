package dev.gatehouse.device;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Lets several threads do the same thing at the same moment. */
final class Race {

    private Race() {}

    /** What each runner returned, or the runtime exception that it threw. */
    static List<Object> of(int runners, Callable<?> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(runners);
        try {
            CyclicBarrier start = new CyclicBarrier(runners);
            List<Callable<Object>> tasks = IntStream.range(0, runners)
                    .<Callable<Object>>mapToObj(runner -> () -> {
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
