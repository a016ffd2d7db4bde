package dev.gatehouse.admission;

import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that ask checks, and the watchdog that ends an examination whose deadline has passed.
 *
 * <p>Bounded in threads and in waiting examinations: when checks hang and use up all threads, further examinations fail,
 * and nobody is admitted. One watchdog thread looks at all examinations every {@value #LOOK_EVERY_MS} ms, which costs a
 * check less than a timer of its own. Safe for concurrent use.
 */
public final class Examiners implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Examiners.class.getName());
    private static final int LOOK_EVERY_MS = 10;
    private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(5 * LOOK_EVERY_MS);
    private static final int WAITING_MAX = 4096;
    private static final int IDLE_SECONDS = 60;

    private final ThreadPoolExecutor threads;
    private final ScheduledExecutorService watchdog;
    private final Set<Examination> running = ConcurrentHashMap.newKeySet();

    /** Written by the watchdog alone: when it looked last, and how long it has been kept from looking, in all. */
    private volatile long lastLook = System.nanoTime();

    private volatile long stalledNanos;

    /** Threads for the checks of enforced chains. */
    public Examiners(int threadCount) {
        this(threadCount, WAITING_MAX, "gatehouse-check-");
    }

    Examiners(int threadCount, int waitingMax, String threadPrefix) {
        threads = new ThreadPoolExecutor(
                threadCount,
                threadCount,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waitingMax),
                daemons(threadPrefix));
        threads.allowCoreThreadTimeOut(true);
        watchdog = Executors.newSingleThreadScheduledExecutor(daemons("gatehouse-watchdog-"));
        var unused = watchdog.scheduleWithFixedDelay(this::look, LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    /** Starts an examination, and returns at once. */
    CompletableFuture<Findings> start(Examination examination) {
        running.add(examination);
        var unused = examination.result().whenComplete((findings, thrown) -> running.remove(examination));
        try {
            threads.execute(examination);
        } catch (RejectedExecutionException e) {
            examination.refuseToRun();
        }
        return examination.result();
    }

    /** Ends every examination under way as failed, and interrupts the checks that are being asked. */
    @Override
    public void close() {
        threads.shutdownNow();
        watchdog.shutdownNow();
        running.forEach(Examination::refuseToRun);
    }

    /** How long the machine has stalled so far, in all: in pauses for garbage, say, that last longer than a few looks. */
    long stalledNanos() {
        return stalledNanos;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // there is one watchdog
    private void look() {
        long now = System.nanoTime();
        long gap = now - lastLook;
        lastLook = now;
        if (gap > STALL_NANOS) {
            stalledNanos += gap;
        }
        long stalled = stalledNanos;
        running.forEach(examination -> expireIfLate(examination, now, stalled));
    }

    /** A watchdog that threw once would never look again. */
    private static void expireIfLate(Examination examination, long now, long stalled) {
        try {
            examination.expireIfLate(now, stalled);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "an examination that is late could not be ended", e);
        }
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(Examiners.class.getClassLoader());
            return thread;
        };
    }
}
