package dev.gatehouse.admission;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the connections that are being decided on a chain, and tells when the last one of a retired chain is. Lock-free:
 * the count and the retirement are one number, so that nobody begins unseen.
 */
final class OpenStages {

    private static final long RETIRED = 1L << 62;

    private final AtomicLong state = new AtomicLong();
    private final CompletableFuture<Void> idle = new CompletableFuture<>();

    /** Counts one more, unless the chain is retired. */
    boolean tryBegin() {
        return state.getAndUpdate(before -> before < RETIRED ? before + 1 : before) < RETIRED;
    }

    /** Counts one more, even if the chain is retired. */
    void begin() {
        state.incrementAndGet();
    }

    /** Counts one less; to be called once for each that began. */
    void end() {
        completeIf(state.decrementAndGet());
    }

    void retire() {
        completeIf(state.updateAndGet(before -> before | RETIRED));
    }

    long count() {
        return state.get() & ~RETIRED;
    }

    CompletableFuture<Void> idle() {
        return idle.copy();
    }

    private void completeIf(long now) {
        if (now == RETIRED) {
            idle.complete(null);
        }
    }
}
