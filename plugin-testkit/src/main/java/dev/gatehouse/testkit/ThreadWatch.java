package dev.gatehouse.testkit;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Runs a task and names the threads that outlive it. A thread belongs to the group of the thread that starts it, so that
 * what other tests start at the same time does not count.
 */
final class ThreadWatch {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(10);

    /** The JDK's own, one for the whole process, started by whoever needs it first. */
    private static final String DELAY_SCHEDULER = "CompletableFutureDelayScheduler";

    private final ThreadGroup group = new ThreadGroup("check under test");

    /** Runs a task on a thread of its own, and throws what it throws. */
    void run(Runnable task) {
        CompletableFuture.runAsync(task, command -> new Thread(group, command).start())
                .join();
    }

    /**
     * Waits for the threads that the task started.
     *
     * @return the names of those that are still alive after five seconds
     */
    List<String> survivors() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<String> alive = alive();
        while (!alive.isEmpty() && System.nanoTime() < deadline) {
            // The JDK's HTTP client ends its thread only once nobody holds the client.
            System.gc();
            Thread.sleep(PAUSE.toMillis());
            alive = alive();
        }
        return alive;
    }

    private List<String> alive() {
        Thread[] threads = new Thread[group.activeCount() + 16];
        int count = group.enumerate(threads);
        return Arrays.stream(threads, 0, count)
                .filter(Objects::nonNull)
                .map(Thread::getName)
                .filter(name -> !name.equals(DELAY_SCHEDULER))
                .toList();
    }
}
