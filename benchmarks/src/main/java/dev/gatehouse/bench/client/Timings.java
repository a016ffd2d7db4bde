package dev.gatehouse.bench.client;

import java.util.EnumMap;
import java.util.Map;

/** How long each phase of one handshake took; confined to the thread that shakes hands. */
public final class Timings {

    private final Map<Phase, Long> nanos = new EnumMap<>(Phase.class);
    private final long start = System.nanoTime();
    private long last = start;

    void finished(Phase phase) {
        long now = System.nanoTime();
        nanos.put(phase, now - last);
        last = now;
    }

    public Map<Phase, Long> nanos() {
        return Map.copyOf(nanos);
    }

    /** From the connect call to the end of the last phase. */
    public long totalNanos() {
        return last - start;
    }

    /** When the last phase ended, on the scale of {@link System#nanoTime()}. */
    public long finishedAt() {
        return last;
    }
}
