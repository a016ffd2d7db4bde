package dev.gatehouse.observe;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps the values of one label few: what the gateway knows, then the first others that come, then {@value #OTHER}.
 *
 * <p>Plugins name codes, methods and checks as they like, and each distinct value of a label costs memory for ever, here
 * and in the monitoring. Lock-free; safe for concurrent use.
 */
final class BoundedLabel {

    static final String OTHER = "other";

    private static final int LENGTH_MAX = 64;

    private final Set<String> known;
    private final Set<String> others = ConcurrentHashMap.newKeySet();
    private final AtomicInteger room;

    /**
     * A label that nothing was seen of yet.
     *
     * @param known what is always told as it is
     * @param othersMax how many other values are
     */
    BoundedLabel(Set<String> known, int othersMax) {
        this.known = Set.copyOf(known);
        this.room = new AtomicInteger(othersMax);
    }

    /** The value itself, or {@value #OTHER}. */
    String of(String value) {
        if (known.contains(value) || others.contains(value)) {
            return value;
        }
        return value.length() <= LENGTH_MAX && takeRoom(value) ? value : OTHER;
    }

    private boolean takeRoom(String value) {
        int left = room.get();
        while (left > 0) {
            if (room.compareAndSet(left, left - 1)) {
                if (!others.add(value)) { // another thread brought it at the same moment
                    room.incrementAndGet();
                }
                return true;
            }
            left = room.get();
        }
        return others.contains(value);
    }
}
