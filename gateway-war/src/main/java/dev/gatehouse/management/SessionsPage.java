package dev.gatehouse.management;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A page of the list of live sessions, the newest first. Sessions begin and end between one page and the next; those that
 * are there all the time are listed once.
 *
 * @param items the sessions
 * @param next what to give as {@code after} to get the next page; absent on the last one
 */
record SessionsPage(List<SessionView> items, Optional<String> next) {

    private static final Comparator<SessionCursor> ORDER =
            Comparator.comparingLong(SessionCursor::sinceMillis).reversed().thenComparing(SessionCursor::id);

    static SessionsPage of(List<SessionDesk.LiveSession> all, Optional<SessionCursor> after, int limit) {
        List<SessionDesk.LiveSession> rest = all.stream()
                .filter(session -> after.isEmpty() || ORDER.compare(SessionCursor.of(session), after.get()) > 0)
                .sorted(Comparator.comparing(SessionCursor::of, ORDER))
                .limit(limit + 1L)
                .toList();
        List<SessionDesk.LiveSession> shown = rest.subList(0, Math.min(limit, rest.size()));
        return new SessionsPage(
                shown.stream().map(SessionView::of).toList(),
                rest.size() > limit
                        ? Optional.of(SessionCursor.of(shown.get(limit - 1)).text())
                        : Optional.empty());
    }
}
