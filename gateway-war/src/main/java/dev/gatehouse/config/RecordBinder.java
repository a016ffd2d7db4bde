package dev.gatehouse.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import dev.gatehouse.spi.Setting;
import org.jspecify.annotations.Nullable;

/**
 * Binds a part of the config to a record: what the environment says, else what the file says, else the default that the
 * component declares. Collects every problem instead of stopping at the first. Confined to one thread.
 */
public final class RecordBinder {

    private static final String PREFIX = "GATEHOUSE_";

    /** What Kubernetes tells every container about a service called "gatehouse". */
    private static final Pattern SERVICE_LINK = Pattern.compile("GATEHOUSE_(SERVICE_(HOST|PORT.*)|PORT(_.*)?)");

    private final Map<String, String> environment;
    private final SettingValue values;
    private final Set<String> knownVariables = new HashSet<>();
    private final Map<String, SettingOrigin> origins = new TreeMap<>();

    public RecordBinder(Home home, Map<String, String> environment) {
        this.environment = environment;
        this.values = new SettingValue(home, environment);
    }

    /**
     * Binds a record. A key that is unknown is a problem, and does not keep the rest from being bound and checked.
     *
     * @param path where the record stands in the config, such as {@code checks.token}; empty for the root
     * @param written what the file says at that place
     * @param problems where to put what is wrong
     * @return the record, or empty when one of its values is missing or wrong
     */
    public <T extends Record> Optional<T> bind(Class<T> type, String path, Object written, List<String> problems) {
        if (!(written instanceof Map<?, ?> mapping)) {
            problems.add(path + ": must be a mapping of settings");
            return Optional.empty();
        }
        RecordComponent[] components = type.getRecordComponents();
        unknownKeys(components, path, mapping, problems);
        int before = problems.size();
        @Nullable
        Object[] arguments = Arrays.stream(components)
                .map(component -> argument(component, path, mapping, problems).orElse(null))
                .toArray();
        return problems.size() > before ? Optional.empty() : construct(type, components, arguments, path, problems);
    }

    /** The variables that look like settings, and are neither that nor a secret that a setting names; to be asked once everything is bound. */
    public List<String> unknownVariables(Set<String> otherVariables) {
        return environment.keySet().stream()
                .filter(name ->
                        name.startsWith(PREFIX) && !SERVICE_LINK.matcher(name).matches())
                .filter(name -> !knownVariables.contains(name) && !otherVariables.contains(name))
                .sorted()
                .map(name -> "environment: '" + name + "' is no setting of this gateway")
                .toList();
    }

    /** Where each setting that was bound comes from, by its whole name. */
    public Map<String, SettingOrigin> origins() {
        return Collections.unmodifiableMap(origins);
    }

    private static SettingOrigin origin(@Nullable String overriding, @Nullable Object inFile) {
        if (overriding != null) {
            return SettingOrigin.ENVIRONMENT;
        }
        return inFile == null ? SettingOrigin.DEFAULT : SettingOrigin.FILE;
    }

    /** The name of a setting as it stands in the config. */
    public static String key(RecordComponent component) {
        return component.getName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    /** The variable that overrides a setting. */
    public static String variable(String path) {
        return PREFIX + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private Optional<Object> argument(
            RecordComponent component, String path, Map<?, ?> mapping, List<String> problems) {
        String key = key(component);
        String place = path.isEmpty() ? key : path + "." + key;
        @Nullable Object inFile = mapping.get(key);
        if (component.getType().isRecord()) {
            Object nested = inFile == null ? Map.of() : inFile;
            return bind(component.getType().asSubclass(Record.class), place, nested, problems)
                    .map(Object.class::cast);
        }
        knownVariables.add(variable(place));
        @Nullable String overriding = environment.get(variable(place));
        origins.put(place, origin(overriding, inFile));
        Optional<Class<? extends Record>> items = SettingValue.recordsListed(component.getGenericType());
        if (items.isPresent()) {
            return list(items.get(), component, place, overriding == null ? inFile : overriding, problems);
        }
        return convert(component, place, overriding == null ? inFile : overriding, problems);
    }

    /** A list of records; an item that is a single value stands for a record whose first component has that value. */
    private Optional<Object> list(
            Class<? extends Record> type,
            RecordComponent component,
            String place,
            @Nullable Object written,
            List<String> problems) {
        Object given = Optional.ofNullable(written).orElseGet(() -> fallback(component));
        List<?> items = given instanceof List<?> several ? several : SettingValue.split(String.valueOf(given));
        int before = problems.size();
        List<Object> bound = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Object item = Optional.<Object>ofNullable(items.get(i)).orElse("");
            Object mapping = item instanceof Map<?, ?> ? item : Map.of(key(type.getRecordComponents()[0]), item);
            bind(type, place + "[" + i + "]", mapping, problems).ifPresent(bound::add);
        }
        return problems.size() > before ? Optional.empty() : Optional.of(List.copyOf(bound));
    }

    private static String fallback(RecordComponent component) {
        String fallback = setting(component).fallback();
        return fallback.equals(Setting.REQUIRED) ? "" : fallback;
    }

    private static Setting setting(RecordComponent component) {
        return Optional.ofNullable(component.getAnnotation(Setting.class))
                .orElseThrow(() -> new IllegalStateException(component + " has no @Setting"));
    }

    private Optional<Object> convert(
            RecordComponent component, String place, @Nullable Object written, List<String> problems) {
        Setting setting = setting(component);
        @Nullable Object value = written;
        if (value == null && !setting.fallback().equals(Setting.REQUIRED)) {
            value = setting.fallback();
        }
        if (value == null && SettingValue.mayBeAbsent(component.getGenericType())) {
            return Optional.of(SettingValue.absent(component.getGenericType()));
        }
        if (value == null) {
            problems.add(place + ": is missing; " + setting.about());
            return Optional.empty();
        }
        try {
            if (SettingValue.isSecret(component.getGenericType())) {
                SecretReference.variable(String.valueOf(value).strip()).ifPresent(knownVariables::add);
            }
            return Optional.of(values.convert(component.getGenericType(), value));
        } catch (IllegalArgumentException e) {
            problems.add(place + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private static void unknownKeys(
            RecordComponent[] components, String path, Map<?, ?> mapping, List<String> problems) {
        Set<String> known = new LinkedHashSet<>();
        for (RecordComponent component : components) {
            known.add(key(component));
        }
        for (Object key : mapping.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                problems.add((path.isEmpty() ? "" : path + ".") + key + ": no such setting; known here: "
                        + (known.isEmpty() ? "none" : String.join(", ", known)));
            }
        }
    }

    private static <T extends Record> Optional<T> construct(
            Class<T> type,
            RecordComponent[] components,
            @Nullable Object[] arguments,
            String path,
            List<String> problems) {
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return Optional.of(constructor.newInstance(arguments));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException rejected) {
                problems.add((path.isEmpty() ? "" : path + ".") + rejected.getMessage());
                return Optional.empty();
            }
            throw new IllegalStateException("cannot make " + type, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + type, e);
        }
    }
}
