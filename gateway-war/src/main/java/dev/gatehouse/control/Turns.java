package dev.gatehouse.control;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs tasks one after the other, in their order, on threads that it shares with others.
 *
 * <p>Only so many tasks of so much size wait; one more is not taken. After each task the thread is given back, so that
 * nobody who brings many keeps others waiting. Safe for concurrent use.
 */
public final class Turns {

    private static final System.Logger LOG = System.getLogger(Turns.class.getName());

    private final Executor threads;
    private final int tasksMax;
    private final long sizeMax;

    // guarded by this
    private final Deque<Task> waiting = new ArrayDeque<>();
    private long size;
    private boolean running;

    private record Task(long size, Runnable work) {}

    /**
     * Nothing waits yet.
     *
     * @param threads where the tasks run
     * @param tasksMax how many may wait
     * @param sizeMax how large those that wait may be together; one alone may be of any size
     */
    public Turns(Executor threads, int tasksMax, long sizeMax) {
        this.threads = threads;
        this.tasksMax = tasksMax;
        this.sizeMax = sizeMax;
    }

    /** Takes a task, unless too much waits already; false when it does. */
    public boolean offer(long taskSize, Runnable work) {
        synchronized (this) {
            if (waiting.size() == tasksMax || (!waiting.isEmpty() && size + taskSize > sizeMax)) {
                return false;
            }
            waiting.add(new Task(taskSize, work));
            size += taskSize;
            if (running) {
                return true;
            }
            running = true;
        }
        proceed();
        return true;
    }

    /** Forgets what waits; what runs goes on to its end. */
    public synchronized void forget() {
        waiting.clear();
        size = 0;
    }

    private void proceed() {
        try {
            threads.execute(this::runOne);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "the gateway stops, and what waits is not done any more", e);
            forget();
        }
    }

    private void runOne() {
        next().ifPresent(task -> {
            try {
                task.work().run();
            } catch (RuntimeException e) { // those that wait are not to blame
                LOG.log(Level.ERROR, "a task failed", e);
            }
        });
        if (hasMore()) {
            proceed();
        }
    }

    private synchronized Optional<Task> next() {
        Optional<Task> task = Optional.ofNullable(waiting.poll());
        task.ifPresent(taken -> size -= taken.size());
        return task;
    }

    private synchronized boolean hasMore() {
        running = !waiting.isEmpty();
        return running;
    }
}
