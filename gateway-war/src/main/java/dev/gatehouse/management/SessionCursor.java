package dev.gatehouse.management;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the list of live sessions.
 *
 * @param sinceMillis when the session before it was admitted, in epoch milliseconds
 * @param id the id of that session
 */
record SessionCursor(long sinceMillis, String id) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,15})~([0-9A-Za-z-]{1,64})");

    static SessionCursor of(SessionDesk.LiveSession session) {
        return new SessionCursor(session.since().toEpochMilli(), session.id());
    }

    static Optional<SessionCursor> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new SessionCursor(Long.parseLong(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    String text() {
        return sinceMillis + "~" + id;
    }
}
