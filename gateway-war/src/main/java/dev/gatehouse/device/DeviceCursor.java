package dev.gatehouse.device;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the list of devices, between two of them: it stays where it is when devices come, go and change.
 *
 * @param createdAt when the device before it was first approved, in epoch milliseconds
 * @param deviceId the id of that device
 */
public record DeviceCursor(long createdAt, String deviceId) {

    /** Before the first device. */
    public static final DeviceCursor START = new DeviceCursor(Long.MAX_VALUE, "");

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,15})~(.{1,128})");

    /**
     * Reads a cursor.
     *
     * @param text what {@link #text} gave
     * @return the cursor, or empty when the text is none
     */
    public static Optional<DeviceCursor> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new DeviceCursor(Long.parseLong(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    /**
     * The cursor as text, for a query.
     *
     * @return at most 144 characters
     */
    public String text() {
        return createdAt + "~" + deviceId;
    }
}
