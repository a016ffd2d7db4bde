package dev.gatehouse.device;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what people type for a pairing request: its id or its code, which is the first two groups of the id; in capitals
 * or not, with dashes or without, and with the letters that look like a digit. Stateless.
 */
final class SpokenId {

    private static final Pattern WHOLE =
            Pattern.compile("([0-9a-hjkmnp-tv-z]{4})([0-9a-hjkmnp-tv-z]{4})([0-9a-hjkmnp-tv-z]{4})?");
    private static final int TYPED_MAX = 32;

    private SpokenId() {}

    /** How the ids begin that a text may mean; empty when it can be none. */
    static Optional<String> beginning(String typed) {
        if (typed.length() > TYPED_MAX) {
            return Optional.empty();
        }
        String plain = typed.toLowerCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('o', '0')
                .replace('i', '1')
                .replace('l', '1');
        return Optional.of(WHOLE.matcher(plain))
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1) + "-" + matcher.group(2) + "-"
                        + Optional.ofNullable(matcher.group(3)).orElse(""));
    }
}
