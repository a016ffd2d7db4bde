package dev.gatehouse.management;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the list of live sessions, the newest first. Sessions begin and end between one page and the next; those that are
 * there all the time are listed once.
 *
 * @param sinceMillis when the session before it was admitted, in epoch milliseconds
 * @param id the id of that session
 */
record SessionCursor(long sinceMillis, String id) implements Comparable<SessionCursor> {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,15})~([0-9A-Za-z-]{1,64})");

    private static final Comparator<SessionCursor> NEWEST_FIRST =
            Comparator.comparingLong(SessionCursor::sinceMillis).reversed().thenComparing(SessionCursor::id);

    static SessionCursor of(SessionDesk.LiveSession session) {
        return new SessionCursor(session.since().toEpochMilli(), session.id());
    }

    static Optional<SessionCursor> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new SessionCursor(Long.parseLong(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    @Override
    public int compareTo(SessionCursor other) {
        return NEWEST_FIRST.compare(this, other);
    }

    String text() {
        return sinceMillis + "~" + id;
    }
}
