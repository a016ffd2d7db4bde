package dev.gatehouse.refusal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the list of refusals, between two of them.
 *
 * @param lastAt when the one before was told last, in epoch milliseconds
 * @param id its id
 */
public record RefusalCursor(long lastAt, String id) {

    /** Before the first one. */
    public static final RefusalCursor START = new RefusalCursor(Long.MAX_VALUE, "");

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,16})-([0-9a-f]{1,36})");

    /** Reads what {@link #text} wrote; empty for anything else. */
    public static Optional<RefusalCursor> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new RefusalCursor(Long.parseLong(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    /** The place after a refusal. */
    public static RefusalCursor after(KeptRefusal refusal) {
        return new RefusalCursor(refusal.lastAt().toEpochMilli(), refusal.id());
    }

    /** The place as a text without blanks. */
    public String text() {
        return lastAt + "-" + id;
    }

    boolean isBefore(KeptRefusal refusal) {
        long at = refusal.lastAt().toEpochMilli();
        return at < lastAt || (at == lastAt && refusal.id().compareTo(id) > 0);
    }
}
