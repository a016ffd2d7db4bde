package dev.gatehouse.testkit;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import dev.gatehouse.spi.Setting;
import org.jspecify.annotations.Nullable;

/**
 * Makes a settings record from values by the rules of {@link dev.gatehouse.spi.CheckSetup#settings} and reports in the
 * gateway's words. Strict about the record itself: a component without {@link Setting} is a mistake of its author.
 */
final class SettingsBinder {

    private final String prefix;
    private final Map<String, Object> values;

    /**
     * What became of the values.
     *
     * @param record the record, or empty when a value is missing or wrong
     * @param problems everything that is wrong; unknown keys alone do not keep the record from being made
     */
    record Binding<T extends Record>(Optional<T> record, List<String> problems) {}

    /**
     * A binder of one mapping.
     *
     * @param place where the mapping stands in the config; empty for none
     */
    SettingsBinder(String place, Map<String, Object> values) {
        this.prefix = place.isEmpty() ? "" : place + ".";
        this.values = values;
    }

    <T extends Record> Binding<T> bind(Class<T> type) {
        RecordComponent[] components = type.getRecordComponents();
        List<String> unknown = unknownKeys(components);
        List<String> wrong = new ArrayList<>();
        @Nullable
        Object[] arguments = Arrays.stream(components)
                .map(component -> argument(component, wrong).orElse(null))
                .toArray();
        Optional<T> made = wrong.isEmpty() ? make(type, components, arguments, wrong) : Optional.empty();
        List<String> problems = new ArrayList<>(unknown);
        problems.addAll(wrong);
        return new Binding<>(made, List.copyOf(problems));
    }

    /** The name of a setting as it stands in the config. */
    static String key(RecordComponent component) {
        return component.getName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    /** The type of one value of a component: what stands in its {@link Optional}, else its own. */
    static Class<?> valueType(RecordComponent component) {
        if (component.getType() == Optional.class
                && component.getGenericType() instanceof ParameterizedType generic
                && generic.getActualTypeArguments()[0] instanceof Class<?> item) {
            return unboxed(item);
        }
        return component.getType();
    }

    /** An {@link Optional} holds an object, where a plain component is a primitive. */
    private static Class<?> unboxed(Class<?> type) {
        if (type == Integer.class) {
            return int.class;
        }
        if (type == Long.class) {
            return long.class;
        }
        return type == Boolean.class ? boolean.class : type;
    }

    private List<String> unknownKeys(RecordComponent[] components) {
        List<String> known = Arrays.stream(components).map(SettingsBinder::key).toList();
        TreeSet<String> unknown = new TreeSet<>(values.keySet());
        known.forEach(unknown::remove);
        String allowed = known.isEmpty() ? "none" : String.join(", ", known);
        return unknown.stream()
                .map(key -> prefix + key + ": no such setting; known here: " + allowed)
                .toList();
    }

    private Optional<Object> argument(RecordComponent component, List<String> problems) {
        Setting setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            throw new IllegalStateException(component + " has no @Setting");
        }
        String place = prefix + key(component);
        boolean isOptional = component.getType() == Optional.class;
        Object written = values.get(key(component));
        if (written == null && !setting.fallback().equals(Setting.REQUIRED)) {
            written = setting.fallback();
        }
        if (written == null && (isOptional || component.getType() == List.class)) {
            return Optional.of(isOptional ? Optional.empty() : List.of());
        }
        if (written == null) {
            problems.add(place + ": is missing; " + setting.about());
            return Optional.empty();
        }
        try {
            Object value = value(valueType(component), written);
            return Optional.of(isOptional ? Optional.of(value) : value);
        } catch (IllegalArgumentException e) {
            problems.add(place + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Object value(Class<?> type, Object written) {
        if (type == List.class) {
            return SettingText.list(written);
        }
        if (type.isInstance(written) && type != String.class) {
            return written;
        }
        if (written instanceof List || written instanceof Map) {
            throw new IllegalArgumentException(
                    "must be a single value, not a " + (written instanceof List ? "list" : "mapping"));
        }
        return SettingText.convert(type, written.toString().strip());
    }

    private <T extends Record> Optional<T> make(
            Class<T> type, RecordComponent[] components, @Nullable Object[] arguments, List<String> problems) {
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return Optional.of(constructor.newInstance(arguments));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException rejected) {
                problems.add(prefix + rejected.getMessage());
                return Optional.empty();
            }
            throw new IllegalStateException("cannot make " + type, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + type, e);
        }
    }
}
