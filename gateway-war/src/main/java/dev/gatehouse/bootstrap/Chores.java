package dev.gatehouse.bootstrap;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.gatehouse.spi.TemporarilyUnavailable;

/**
 * The gateway's own threads: one for what is due at a time and does not block, and some for what may block on the database.
 * Safe for concurrent use.
 */
final class Chores {

    /** As many as can use the database at a time. */
    private static final int WORKERS = 8;

    private static final int WAITING_MAX = 4096;
    private static final System.Logger LOG = System.getLogger(Chores.class.getName());

    private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1, daemons("gatehouse-timer"));

    /** When all of them are busy and too much waits, whoever brings more carries it out. */
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            daemons("gatehouse-decision"),
            new ThreadPoolExecutor.CallerRunsPolicy());

    Chores() {
        timers.setRemoveOnCancelPolicy(true);
    }

    /** For time-outs; its tasks must not block. */
    ScheduledThreadPoolExecutor timers() {
        return timers;
    }

    /** For what may block. */
    ThreadPoolExecutor workers() {
        return workers;
    }

    /**
     * Repeats what does not block.
     *
     * @param what its name in the log, should it fail
     */
    void every(Duration interval, String what, Runnable task) {
        Runnable guarded = () -> {
            try {
                task.run();
            } catch (RuntimeException e) { // a timer that throws would never run again
                LOG.log(System.Logger.Level.ERROR, "a " + what + " failed", e);
            }
        };
        long millis = interval.toMillis();
        var unused = timers.scheduleAtFixedRate(guarded, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Repeats what may block; a database that is down is waited for, and told by the health of the gateway. */
    void everyOnAWorker(Duration interval, String what, Runnable task) {
        Runnable patient = () -> {
            try {
                task.run();
            } catch (TemporarilyUnavailable e) {
                LOG.log(System.Logger.Level.DEBUG, "the " + what + " waits for the database", e);
            }
        };
        every(interval, what, () -> workers.execute(patient));
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            thread.setContextClassLoader(Chores.class.getClassLoader());
            return thread;
        };
    }
}
