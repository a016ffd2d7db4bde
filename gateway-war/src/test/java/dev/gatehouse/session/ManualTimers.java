package dev.gatehouse.session;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Timers whose time goes on only when a test says so; due tasks run on the thread of the test. */
public final class ManualTimers extends AbstractExecutorService implements ScheduledExecutorService {

    private final List<Timer> timers = new CopyOnWriteArrayList<>();
    private long now;

    /** Lets time pass, and runs what is due in its order. */
    public void advance(Duration step) {
        now += step.toNanos();
        for (Optional<Timer> due = nextDue(); due.isPresent(); due = nextDue()) {
            timers.remove(due.get());
            due.get().run();
        }
    }

    /** How many tasks wait that nobody cancelled. */
    public long waiting() {
        return timers.stream().filter(timer -> !timer.isCancelled()).count();
    }

    private Optional<Timer> nextDue() {
        return timers.stream().filter(timer -> timer.at <= now).min(Comparator.naturalOrder());
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        Timer timer = new Timer(command, now + unit.toNanos(delay));
        timers.add(timer);
        return timer;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        throw unexpected();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        throw unexpected();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        throw unexpected();
    }

    @Override
    public void execute(Runnable command) {
        throw unexpected();
    }

    @Override
    public void shutdown() {
        timers.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }

    private static UnsupportedOperationException unexpected() {
        return new UnsupportedOperationException("only one-shot timers are expected");
    }

    private final class Timer extends FutureTask<Void> implements ScheduledFuture<Void> {

        private final long at;

        @SuppressWarnings("NullAway") // a task without a result completes with null
        Timer(Runnable command, long at) {
            super(command, null);
            this.at = at;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - now, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
