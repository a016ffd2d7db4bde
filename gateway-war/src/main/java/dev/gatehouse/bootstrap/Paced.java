package dev.gatehouse.bootstrap;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Does a chore that takes longer the more there is, in a hundredth of the time at most: after each time it is left out for
 * a hundred times as long as it took. Safe for concurrent use; it is never done twice at once.
 */
final class Paced implements Runnable {

    private static final int REST = 100;

    private final Runnable chore;
    private final LongSupplier nanos;
    private final AtomicBoolean isBusy = new AtomicBoolean();
    private volatile long restsUntil;

    /**
     * A chore that is due whenever this is run.
     *
     * @param nanos a clock that only goes forward, in nanoseconds
     */
    Paced(Runnable chore, LongSupplier nanos) {
        this.chore = chore;
        this.nanos = nanos;
        this.restsUntil = nanos.getAsLong();
    }

    @Override
    public void run() {
        long start = nanos.getAsLong();
        if (start - restsUntil < 0 || !isBusy.compareAndSet(false, true)) {
            return;
        }
        try {
            chore.run();
        } finally {
            long end = nanos.getAsLong();
            restsUntil = end + REST * (end - start);
            isBusy.set(false);
        }
    }
}
