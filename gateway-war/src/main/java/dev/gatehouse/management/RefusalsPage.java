package dev.gatehouse.management;

import java.util.List;
import java.util.Optional;

import dev.gatehouse.refusal.KeptRefusal;
import dev.gatehouse.refusal.RefusalCursor;
import dev.gatehouse.refusal.RefusalFilter;
import dev.gatehouse.refusal.Refusals;

/**
 * A page of the list of refusals.
 *
 * @param items the refusals
 * @param next what to give as {@code after} to get the next page; absent on the last one
 */
record RefusalsPage(List<RefusalLine> items, Optional<String> next) {

    static RefusalsPage of(Refusals refusals, RefusalFilter filter, RefusalCursor after, int limit) {
        List<KeptRefusal> found = refusals.list(filter, after, limit + 1);
        List<KeptRefusal> shown = found.subList(0, Math.min(limit, found.size()));
        return new RefusalsPage(
                shown.stream().map(RefusalLine::of).toList(),
                found.size() > limit
                        ? Optional.of(RefusalCursor.after(shown.get(limit - 1)).text())
                        : Optional.empty());
    }
}
