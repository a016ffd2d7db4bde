package dev.gatehouse.admission;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.spi.ConnectContext;

/**
 * The connections that were not admitted lately, by the id that each client was told, so that a refusal can be explained
 * on the chain as it is now.
 *
 * <p>In memory only, for what is kept of a connection are its secrets too: an hour at most, and the last 500. Thread-safe.
 */
public final class RecentRefusals {

    private static final int COUNT_MAX = 500;
    private static final Duration AGE_MAX = Duration.ofHours(1);

    private final Clock clock;

    // guarded by this; the oldest first
    private final Map<String, RecentRefusal> refusals = new LinkedHashMap<>();

    public RecentRefusals(Clock clock) {
        this.clock = clock;
    }

    /** Remembers a refusal. */
    public void add(String id, ConnectContext context, Decision.Refused refused) {
        add(new RecentRefusal(id, clock.instant(), context, refused));
    }

    /** Remembers a failure, without what was thrown. */
    public void add(String id, ConnectContext context, Decision.Failed failed) {
        add(new RecentRefusal(id, clock.instant(), context, failed.withoutThrown()));
    }

    /** The refusal of this id, while it is remembered. */
    public synchronized Optional<RecentRefusal> find(String id) {
        forgetOld();
        return Optional.ofNullable(refusals.get(id));
    }

    /** Everything that is remembered, the latest first. */
    public synchronized List<RecentRefusal> list() {
        forgetOld();
        List<RecentRefusal> latestFirst = new ArrayList<>(refusals.values());
        Collections.reverse(latestFirst);
        return latestFirst;
    }

    private synchronized void add(RecentRefusal refusal) {
        forgetOld();
        refusals.remove(refusal.id()); // told again: it is the latest now
        refusals.put(refusal.id(), refusal);
        if (refusals.size() > COUNT_MAX) {
            forgetOldest();
        }
    }

    private void forgetOld() {
        Instant horizon = clock.instant().minus(AGE_MAX);
        Iterator<RecentRefusal> oldestFirst = refusals.values().iterator();
        while (oldestFirst.hasNext() && oldestFirst.next().at().isBefore(horizon)) {
            oldestFirst.remove();
        }
    }

    private void forgetOldest() {
        Iterator<RecentRefusal> oldestFirst = refusals.values().iterator();
        oldestFirst.next();
        oldestFirst.remove();
    }
}
