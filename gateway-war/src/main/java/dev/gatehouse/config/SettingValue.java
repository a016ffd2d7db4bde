package dev.gatehouse.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gatehouse.spi.Secret;

/** Turns what the operator wrote for one setting into the type that its record component has. */
final class SettingValue {

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private final Home home;
    private final Map<String, String> environment;

    SettingValue(Home home, Map<String, String> environment) {
        this.home = home;
        this.environment = environment;
    }

    /** Whether a component of this type may be left out: an {@link Optional} is empty then, a {@link List} has no items. */
    static boolean mayBeAbsent(Type type) {
        return raw(type) == Optional.class || raw(type) == List.class;
    }

    /** The record of which a component of this type is a list, if it is one. */
    static Optional<Class<? extends Record>> recordsListed(Type type) {
        if (raw(type) != List.class) {
            return Optional.empty();
        }
        Class<?> item = raw(((ParameterizedType) type).getActualTypeArguments()[0]);
        return item.isRecord() ? Optional.of(item.asSubclass(Record.class)) : Optional.empty();
    }

    static Object absent(Type type) {
        return raw(type) == List.class ? List.of() : Optional.empty();
    }

    /** Whether a component of this type says where a secret is kept. */
    static boolean isSecret(Type type) {
        return type == Secret.Source.class
                || (raw(type) == Optional.class
                        && ((ParameterizedType) type).getActualTypeArguments()[0] == Secret.Source.class);
    }

    /**
     * Converts a value.
     *
     * @param written a scalar as text, number or boolean, or a list of them
     * @throws IllegalArgumentException saying what is allowed instead
     */
    Object convert(Type type, Object written) {
        Class<?> raw = raw(type);
        if (raw == Optional.class) {
            return Optional.of(convert(((ParameterizedType) type).getActualTypeArguments()[0], written));
        }
        if (raw == List.class) {
            return list(written);
        }
        if (written instanceof List || written instanceof Map) {
            throw new IllegalArgumentException(
                    "must be a single value, not a " + (written instanceof List ? "list" : "mapping"));
        }
        return scalar(raw, String.valueOf(written).strip());
    }

    private Object scalar(Class<?> type, String text) {
        if (type == String.class) {
            return text;
        }
        if (type == Secret.Source.class) {
            return SecretReference.parse(text, home, environment);
        }
        if (type == boolean.class || type == Boolean.class) {
            return bool(text);
        }
        if (type == int.class || type == Integer.class) {
            return Math.toIntExact(integer(text, Integer.MAX_VALUE));
        }
        if (type == long.class || type == Long.class) {
            return integer(text, Long.MAX_VALUE);
        }
        if (type == Duration.class) {
            return duration(text);
        }
        if (type == LocalDate.class) {
            return date(text);
        }
        if (type.isEnum()) {
            return constant(type, text);
        }
        throw new IllegalArgumentException("is of type " + type.getName() + ", which settings cannot have");
    }

    private static List<String> list(Object written) {
        if (written instanceof List<?> items) {
            return items.stream().map(item -> String.valueOf(item).strip()).toList();
        }
        if (written instanceof Map) {
            throw new IllegalArgumentException("must be a list, not a mapping");
        }
        return split(String.valueOf(written));
    }

    /** The items of a list that is written as one text, with commas. */
    static List<String> split(String written) {
        return Arrays.stream(written.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static boolean bool(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.parseBoolean(text);
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

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is not a date; write 2027-01-31", e);
        }
    }

    /** How the constants of an enum are written. */
    static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> written((Enum<?>) constant))
                .toList();
    }

    static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Object constant(Class<?> type, String text) {
        List<String> allowed = constants(type);
        int index = allowed.indexOf(text);
        if (index < 0) {
            throw new IllegalArgumentException("'" + text + "' is none of " + String.join(", ", allowed));
        }
        return type.getEnumConstants()[index];
    }

    static Class<?> raw(Type type) {
        return type instanceof ParameterizedType parameterized
                ? (Class<?>) parameterized.getRawType()
                : (Class<?>) type;
    }
}
