package dev.gatehouse.device;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats the registry's chores on one daemon thread. A chore that fails is logged and tried again the next time. */
final class Housekeeping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread daemon = Executors.defaultThreadFactory().newThread(work);
        daemon.setName("gatehouse-registry");
        daemon.setDaemon(true);
        return daemon;
    });

    void every(Duration period, String chore, Runnable work) {
        var unused = thread.scheduleWithFixedDelay(
                () -> attempt(chore, work), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Lets a chore under way end, and does no other. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the registry's chores did not end within {}", PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void attempt(String chore, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("cannot {}; trying again", chore, e);
        }
    }
}
