package dev.gatehouse.testkit;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import dev.gatehouse.spi.InvalidSettings;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.Setting;
import org.jspecify.annotations.Nullable;

/**
 * Makes a settings record from values by the rules of {@link dev.gatehouse.spi.CheckSetup#settings}. Strict about the
 * record itself: a component without {@link Setting}, or of a type that the gateway cannot bind, is a mistake of its
 * author.
 */
final class SettingsBinder {

    private final Map<String, Object> values;
    private final List<String> problems = new ArrayList<>();

    SettingsBinder(Map<String, Object> values) {
        this.values = values;
    }

    <T extends Record> T bind(Class<T> type) {
        RecordComponent[] components = type.getRecordComponents();
        TreeSet<String> unknown = new TreeSet<>(values.keySet());
        @Nullable Object[] bound = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String key = key(components[i]);
            unknown.remove(key);
            bound[i] = bind(key, components[i]);
        }
        unknown.forEach(key -> problems.add(key + ": unknown setting"));
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
        return make(type, components, bound);
    }

    private @Nullable Object bind(String key, RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            throw new IllegalStateException("component " + component + " needs @Setting");
        }
        Object given = values.get(key);
        if (given == null && !setting.fallback().equals(Setting.REQUIRED)) {
            given = setting.fallback();
        }
        Class<?> type = component.getType();
        if (type == List.class) {
            return list(key, given);
        }
        if (type == Optional.class) {
            return given == null ? Optional.empty() : Optional.ofNullable(value(key, itemType(component), given));
        }
        if (given == null) {
            problems.add(key + ": required");
            return null;
        }
        return value(key, type, given);
    }

    private List<?> list(String key, @Nullable Object given) {
        if (given == null || given.equals("")) {
            return List.of();
        }
        if (given instanceof List<?> items) {
            return List.copyOf(items);
        }
        problems.add(key + ": must be a list");
        return List.of();
    }

    private @Nullable Object value(String key, Type type, Object given) {
        if (type instanceof Class<?> wanted && wanted.isInstance(given)) {
            return given;
        }
        try {
            return parse(type, given.toString());
        } catch (IllegalArgumentException | DateTimeParseException e) {
            problems.add(key + ": '" + given + "' is not allowed");
            return null;
        }
    }

    private static Object parse(Type type, String text) {
        if (type == boolean.class || type == Boolean.class) {
            return parseBoolean(text);
        }
        if (type == int.class || type == Integer.class) {
            return Integer.valueOf(text);
        }
        if (type == long.class || type == Long.class) {
            return Long.valueOf(text);
        }
        if (type == String.class) {
            return text;
        }
        if (type == Duration.class) {
            return Duration.parse("PT" + text);
        }
        if (type == Secret.Source.class) {
            Secret secret = Secret.of(text);
            return (Secret.Source) () -> Optional.of(secret).filter(it -> !it.isBlank());
        }
        if (type instanceof Class<?> wanted && wanted.isEnum()) {
            return Arrays.stream(wanted.getEnumConstants())
                    .filter(constant -> kebab(constant.toString()).equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(text));
        }
        throw new IllegalStateException("the gateway binds no settings of type " + type);
    }

    private static boolean parseBoolean(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return text.equals("true");
    }

    private static <T extends Record> T make(Class<T> type, RecordComponent[] components, @Nullable Object[] bound) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(bound);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException rejected) {
                throw new InvalidSettings(List.of(String.valueOf(rejected.getMessage())));
            }
            throw new IllegalStateException("cannot make " + type, e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + type, e);
        }
    }

    private static Type itemType(RecordComponent component) {
        return ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
    }

    private static String key(RecordComponent component) {
        return kebab(component.getName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-"));
    }

    private static String kebab(String name) {
        return name.replace('_', '-').toLowerCase(Locale.ROOT);
    }
}
