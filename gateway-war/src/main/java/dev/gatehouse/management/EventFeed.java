package dev.gatehouse.management;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

import dev.gatehouse.journal.Journal;
import dev.gatehouse.journal.JournalEntry;

/**
 * Those who hear what happens as it happens, each on a thread of its own: one that reads slowly holds up nobody else. Safe
 * for concurrent use.
 */
public final class EventFeed implements AutoCloseable {

    private static final int LISTENERS_MAX = 32;

    private final Journal journal;
    private final Semaphore room = new Semaphore(LISTENERS_MAX);
    private final Set<EventListener> listeners = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    /** The feed of a journal. */
    public EventFeed(Journal journal) {
        this.journal = journal;
        journal.whenGrown(() -> listeners.forEach(EventListener::wake));
    }

    /** From where a listener hears what happens. */
    record Place(long after, Optional<Long> gapUntil) {}

    /** Where to begin: after what was heard last, or after everything that has happened. */
    Place place(Optional<Long> heard) {
        if (heard.isEmpty()) {
            return new Place(journal.last(), Optional.empty());
        }
        long first = journal.first();
        long last = journal.last();
        if (heard.get() > last) { // of another journal; from the beginning is the only place that misses nothing
            return new Place(first - 1, Optional.of(first));
        }
        return heard.get() < first - 1
                ? new Place(first - 1, Optional.of(first))
                : new Place(heard.get(), Optional.empty());
    }

    /** Takes on a listener, or nobody when there are too many. */
    boolean add(EventListener listener) {
        if (isClosed || !room.tryAcquire()) {
            return false;
        }
        listeners.add(listener);
        Thread thread = new Thread(() -> run(listener), "gatehouse-events");
        thread.setDaemon(true);
        thread.start();
        return true;
    }

    /** Ends every stream; its client comes back. */
    @Override
    public void close() {
        isClosed = true;
        listeners.forEach(EventListener::end);
    }

    private void run(EventListener listener) {
        try {
            listener.run();
        } finally {
            listeners.remove(listener);
            room.release();
        }
    }

    List<JournalEntry> after(long sequence, int limit) {
        return journal.after(sequence, limit);
    }
}
