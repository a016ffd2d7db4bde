package dev.gatehouse.device;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.gatehouse.digest.Sha256;

/**
 * A place in a list of devices, between two of them: it stays where it is when devices come, go and change. As text it
 * carries a check of the list that it belongs to, so that it is refused in another one, and when it is not whole.
 *
 * @param value what the device before it is sorted by; empty when that was never seen
 * @param deviceId the id of that device
 */
record DeviceCursor(Optional<String> value, String deviceId) {

    /** A name of 512 characters and an id of 128, at four bytes each, in Base64. */
    static final int TEXT_MAX = 3_600;

    private static final int CHECK_BYTES = 9;
    private static final Pattern MILLIS = Pattern.compile("[0-9]{1,15}");
    private static final String SEPARATOR = "\n";
    private static final String NEVER = "-";
    private static final String AT = "+";

    static DeviceCursor of(Device last, DeviceSort sort) {
        Optional<String> value = switch (sort.by()) {
            case CREATED_AT -> Optional.of(millis(last.createdAt()));
            case APPROVED_AT -> Optional.of(millis(last.approvedAt()));
            case LAST_SEEN_AT -> last.lastSeenAt().map(DeviceCursor::millis);
            case NAME ->
                Optional.of(DeviceEntity.sortName(last.label(), last.client().displayName()));
        };
        return new DeviceCursor(value, last.deviceId());
    }

    static Optional<DeviceCursor> parse(String text, DeviceQuery list) {
        return decoded(text)
                .map(plain -> plain.split(SEPARATOR, 3))
                .filter(parts -> parts.length == 3)
                .map(parts -> new DeviceCursor(
                        Optional.of(parts[2])
                                .filter(value -> value.startsWith(AT))
                                .map(value -> value.substring(1)),
                        parts[1]))
                .filter(cursor ->
                        cursor.fits(list.sort().by()) && cursor.text(list).equals(text));
    }

    /** Anybody can compute the check, so that what is in a cursor is not believed. */
    private boolean fits(DeviceSort.By by) {
        return switch (by) {
            case NAME -> value.isPresent();
            case LAST_SEEN_AT -> value.isEmpty() || MILLIS.matcher(value.get()).matches();
            case CREATED_AT, APPROVED_AT ->
                value.isPresent() && MILLIS.matcher(value.get()).matches();
        };
    }

    String text(DeviceQuery list) {
        String place = SEPARATOR + deviceId + SEPARATOR + value.map(AT::concat).orElse(NEVER);
        String check = check(list.filter() + SEPARATOR + list.sort() + place);
        return Base64.getUrlEncoder().withoutPadding().encodeToString((check + place).getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> decoded(String text) {
        if (text.length() > TEXT_MAX) {
            return Optional.empty();
        }
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String check(String text) {
        return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(Sha256.of(text), CHECK_BYTES));
    }

    private static String millis(Instant instant) {
        return Long.toString(instant.toEpochMilli());
    }
}
