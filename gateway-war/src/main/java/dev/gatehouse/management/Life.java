package dev.gatehouse.management;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long something is to last, as bodies say it: a number of hours or days, such as {@code 12h} or {@code 90d}. */
final class Life {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,3})([hd])");

    private Life() {}

    /** The time, or empty when the text does not say one. */
    static Optional<Duration> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(parts.group(1));
        return Optional.of(parts.group(2).equals("h") ? Duration.ofHours(count) : Duration.ofDays(count));
    }
}
