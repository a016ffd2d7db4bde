package dev.gatehouse.refusal;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The refusals in memory, and which of them are not written down as they are now. Bounded by age and number; one address
 * takes up half of the room at most, so that nobody can push out what others were told. Safe for concurrent use.
 */
final class RefusalMemory {

    // all guarded by this; the one that was told longest ago first
    private final Map<String, KeptRefusal> byId = new LinkedHashMap<>();
    private final Map<String, String> idByLikeness = new HashMap<>();
    private final Map<String, Integer> countByAddress = new HashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private final Set<String> written = new HashSet<>();
    private final Set<String> gone = new LinkedHashSet<>();

    /**
     * What is to be written down.
     *
     * @param changed as they are now
     * @param gone ids of those that are not kept any more
     */
    record Changes(List<KeptRefusal> changed, List<String> gone) {
        boolean isNone() {
            return changed.isEmpty() && gone.isEmpty();
        }
    }

    /** Takes over what is written down, the latest first. */
    synchronized void load(List<KeptRefusal> latestFirst, int max) {
        for (int i = latestFirst.size() - 1; i >= 0; i--) {
            KeptRefusal refusal = latestFirst.get(i);
            written.add(refusal.id());
            put(refusal);
        }
        makeRoom(max);
    }

    /** Keeps a refusal; gives its id, which is another one's when that is identical. */
    synchronized String keep(Occurrence occurrence, Supplier<String> newId, Instant now, Instant horizon, int max) {
        forgetBefore(horizon);
        String likeness = Likeness.of(occurrence);
        @Nullable String known = idByLikeness.get(likeness);
        if (known != null) {
            KeptRefusal before = remove(known);
            put(before.again(now));
            changed.add(known);
            return known;
        }
        String id = newId.get();
        makeRoomFor(occurrence.upgrade().address().getHostAddress(), max);
        put(new KeptRefusal(id, likeness, 1, now, now, Account.of(occurrence, id)));
        changed.add(id);
        makeRoom(max);
        return id;
    }

    synchronized Optional<KeptRefusal> find(String id, Instant horizon) {
        forgetBefore(horizon);
        return Optional.ofNullable(byId.get(id));
    }

    synchronized Collection<KeptRefusal> all(Instant horizon) {
        forgetBefore(horizon);
        return List.copyOf(byId.values());
    }

    /** Takes some of what is to be written down; it is then this caller's to write, or to put back. */
    synchronized Changes takeChanges(int most) {
        List<KeptRefusal> some = take(changed, most).stream()
                .flatMap(id -> Optional.ofNullable(byId.get(id)).stream())
                .toList();
        return new Changes(some, take(gone, most));
    }

    synchronized void putBack(Changes changes) {
        changes.changed().stream()
                .map(KeptRefusal::id)
                .filter(byId::containsKey)
                .forEach(changed::add);
        gone.addAll(changes.gone());
    }

    /** Notes what has a row now; one that was forgotten while it was being written loses it again. */
    synchronized void written(Changes changes) {
        for (KeptRefusal refusal : changes.changed()) {
            if (byId.containsKey(refusal.id())) {
                written.add(refusal.id());
            } else {
                gone.add(refusal.id());
            }
        }
    }

    private static List<String> take(Set<String> ids, int most) {
        List<String> some = ids.stream().limit(most).toList();
        some.forEach(ids::remove);
        return some;
    }

    private void put(KeptRefusal refusal) {
        byId.put(refusal.id(), refusal);
        idByLikeness.put(refusal.likeness(), refusal.id());
        countByAddress.merge(address(refusal), 1, Integer::sum);
    }

    private KeptRefusal remove(String id) {
        KeptRefusal refusal = Optional.ofNullable(byId.remove(id)).orElseThrow();
        idByLikeness.remove(refusal.likeness(), id);
        countByAddress.computeIfPresent(address(refusal), (peer, count) -> count == 1 ? null : count - 1);
        return refusal;
    }

    private void forget(String id) {
        remove(id);
        changed.remove(id);
        if (written.remove(id)) {
            gone.add(id);
        }
    }

    private void forgetBefore(Instant horizon) {
        oldestFirst().takeWhile(refusal -> refusal.lastAt().isBefore(horizon)).toList().stream()
                .map(KeptRefusal::id)
                .forEach(this::forget);
    }

    private void makeRoom(int max) {
        while (byId.size() > max) {
            Iterator<String> oldestFirst = byId.keySet().iterator();
            forget(oldestFirst.next());
        }
    }

    private void makeRoomFor(String peer, int max) {
        if (countByAddress.getOrDefault(peer, 0) >= max / 2) {
            oldestFirst()
                    .filter(refusal -> address(refusal).equals(peer))
                    .findFirst()
                    .map(KeptRefusal::id)
                    .ifPresent(this::forget);
        }
    }

    private Stream<KeptRefusal> oldestFirst() {
        return byId.values().stream();
    }

    private static String address(KeptRefusal refusal) {
        return refusal.account().seen().address();
    }
}
