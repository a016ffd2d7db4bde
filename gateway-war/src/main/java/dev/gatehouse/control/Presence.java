package dev.gatehouse.control;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import dev.gatehouse.protocol.Hello;
import dev.gatehouse.spi.ConnectContext;

/**
 * Who is there (wire reference 3.4), and telling everybody when that changes.
 *
 * <p>The {@value #LISTED_MAX} who came last are listed, so that a hello stays small however many there are; changes that
 * come close together are told once. Safe for concurrent use; no method blocks.
 */
public final class Presence {

    static final int LISTED_MAX = 100;

    private static final long TOGETHER_MILLIS = 100;

    /** Clients that come for a call and go; to list them would be noise. */
    private static final Set<String> UNLISTED_MODES = Set.of("cli", "backend", "probe");

    private final Audience audience;
    private final ScheduledExecutorService timers;
    private final Clock clock;
    private final ConcurrentNavigableMap<Long, PresenceEntry> entries = new ConcurrentSkipListMap<>();
    private final Map<String, Long> byConnection = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();
    private final AtomicLong healthVersion = new AtomicLong();
    private final AtomicBoolean isToBeTold = new AtomicBoolean();

    /**
     * Nobody is there yet.
     *
     * @param audience who is told
     * @param timers tells a little later
     * @param clock says when somebody came
     */
    public Presence(Audience audience, ScheduledExecutorService timers, Clock clock) {
        this.audience = audience;
        this.timers = timers;
        this.clock = clock;
    }

    /** A client is about to be greeted; it will find itself in its hello. */
    public void join(Caller caller, ConnectContext context) {
        if (UNLISTED_MODES.contains(context.client().mode())) {
            return;
        }
        long number = version.incrementAndGet();
        entries.put(number, PresenceEntry.of(caller, context, clock.millis()));
        byConnection.put(caller.connectionId(), number);
    }

    /** A client was greeted: from now on it hears of changes, and those since its hello are among those told next. */
    public void arrived(String connectionId) {
        if (byConnection.containsKey(connectionId)) {
            tellSoon();
        }
    }

    /** A client is gone; nothing happens when it was not listed. */
    public void leave(String connectionId) {
        Long number = byConnection.remove(connectionId);
        if (number != null) {
            version.incrementAndGet();
            entries.remove(number);
            tellSoon();
        }
    }

    /** Who is there, for a hello; only those who may read may know. */
    public Hello.Presence seenBy(Caller caller) {
        Hello.Presence all = now();
        return caller.scopes().covers(Event.READ) ? all : all.untold();
    }

    /** Who is there, the newest first; at least as new as its version. */
    Hello.Presence now() {
        long atLeast = version.get();
        Set<String> seen = new HashSet<>();
        List<Map<String, Object>> listed = new ArrayList<>();
        for (PresenceEntry entry : entries.descendingMap().values()) {
            if (listed.size() == LISTED_MAX) {
                break;
            }
            if (seen.add(entry.key())) {
                listed.add(entry.wireForm());
            }
        }
        return new Hello.Presence(listed, atLeast, healthVersion.get());
    }

    /** The versions after the health is told once more: those of both go with each of them. */
    Hello.Presence healthTold() {
        return new Hello.Presence(List.of(), version.get(), healthVersion.incrementAndGet());
    }

    private void tellSoon() {
        if (!isToBeTold.compareAndSet(false, true)) {
            return;
        }
        try {
            var unused = timers.schedule(this::tell, TOGETHER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) { // the gateway stops, and everybody is told that instead
            isToBeTold.set(false);
        }
    }

    private void tell() {
        isToBeTold.set(false);
        audience.tell(Event.presence(now()));
    }
}
