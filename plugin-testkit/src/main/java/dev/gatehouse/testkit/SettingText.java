package dev.gatehouse.testkit;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gatehouse.spi.Secret;

/** Turns the text of one setting into the type of its record component, as the gateway does and in its words. */
final class SettingText {

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private SettingText() {}

    /** Whether the gateway binds components of this type. */
    static boolean isBindable(Class<?> type) {
        return type == String.class
                || type == Secret.Source.class
                || type == boolean.class
                || type == int.class
                || type == long.class
                || type == Duration.class
                || type.isEnum();
    }

    /**
     * Converts a text.
     *
     * @throws IllegalArgumentException saying what is allowed instead
     */
    static Object convert(Class<?> type, String text) {
        if (type == String.class) {
            return text;
        }
        if (type == Secret.Source.class) {
            Secret secret = Secret.of(text);
            return (Secret.Source) () -> Optional.of(secret).filter(kept -> !kept.isBlank());
        }
        if (type == boolean.class) {
            return bool(text);
        }
        if (type == int.class) {
            return Math.toIntExact(integer(text, Integer.MAX_VALUE));
        }
        if (type == long.class) {
            return integer(text, Long.MAX_VALUE);
        }
        if (type == Duration.class) {
            return duration(text);
        }
        if (type.isEnum()) {
            return constant(type, text);
        }
        throw new IllegalArgumentException("is of type " + type.getName() + ", which settings cannot have");
    }

    /** A list as the operator may write it: as a list, or in one line with commas. */
    static List<String> list(Object written) {
        if (written instanceof List<?> items) {
            return items.stream().map(item -> String.valueOf(item).strip()).toList();
        }
        if (written instanceof Map) {
            throw new IllegalArgumentException("must be a list, not a mapping");
        }
        return Arrays.stream(written.toString().split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static boolean bool(String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw new IllegalArgumentException("'" + text + "' is neither true nor false");
    }

    private static long integer(String text, long max) {
        try {
            long number = Long.parseLong(text);
            if (number < 0 || number > max) {
                throw new IllegalArgumentException("'" + text + "' is not between 0 and " + max);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number", e);
        }
    }

    private static Duration duration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration; write 250ms, 15s, 60m, 12h or 30d");
        }
        long amount = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static Object constant(Class<?> type, String text) {
        List<String> allowed = Arrays.stream(type.getEnumConstants())
                .map(constant ->
                        ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        int index = allowed.indexOf(text);
        if (index < 0) {
            throw new IllegalArgumentException("'" + text + "' is none of " + String.join(", ", allowed));
        }
        return type.getEnumConstants()[index];
    }
}
