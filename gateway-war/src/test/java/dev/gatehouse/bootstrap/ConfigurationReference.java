package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gatehouse.config.RecordBinder;
import dev.gatehouse.plugin.PluginGeneration;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.Setting;

/** The text of docs/configuration.md: an introduction, one table for each settings record, and an example. */
final class ConfigurationReference {

    static final Path FILE = Path.of("..", "docs", "configuration.md");
    static final Path EXAMPLE = resource("configuration-example.yaml");

    private static final Path INTRODUCTION = resource("configuration-introduction.md");
    private static final String TABLE = """
            | key | type | default | what it does | environment variable |
            |---|---|---|---|---|
            """;
    private static final String LINE_TABLE = """
            | key | type | default | what it does |
            |---|---|---|---|
            """;
    private static final Map<Class<?>, String> TYPES = Map.of(
            boolean.class, "`true` or `false`",
            int.class, "whole number",
            long.class, "whole number",
            Duration.class, "duration",
            LocalDate.class, "date",
            String.class, "text",
            List.class, "list of texts",
            Secret.Source.class, "reference to a secret");

    private final Map<String, Class<? extends Record>> checks = new TreeMap<>();

    /** The settings of a check that takes none. */
    private record Nothing() {}

    /** The reference of a gateway with these plugins. */
    ConfigurationReference(PluginGeneration plugins) {
        plugins.providers()
                .forEach(provider ->
                        checks.put(provider.name(), provider.settings().orElse(Nothing.class)));
    }

    String text() {
        return Stream.of(
                        Stream.of(read(INTRODUCTION)),
                        Arrays.stream(GatehouseConfig.class.getRecordComponents())
                                .map(ConfigurationReference::area),
                        Stream.of(checksIntroduction()),
                        checks.entrySet().stream().map(check -> check(check.getKey(), check.getValue())),
                        Stream.of(example()))
                .flatMap(sections -> sections)
                .collect(Collectors.joining("\n"));
    }

    /** Every setting of the gateway and of the checks. */
    Stream<RecordComponent> settings() {
        Stream<Class<?>> areas =
                Arrays.stream(GatehouseConfig.class.getRecordComponents()).map(area -> itemOf(area.getGenericType()));
        return Stream.concat(areas, checks.values().stream())
                .flatMap(type -> Arrays.stream(type.getRecordComponents()));
    }

    private static String area(RecordComponent area) {
        String key = RecordBinder.key(area);
        if (area.getType() == List.class) {
            return "## `" + key + "`\n\n" + setting(area).about() + " Each is a line of a list, with these keys.\n\n"
                    + LINE_TABLE + lines(area);
        }
        return "## `" + key + "`\n\n" + setting(area).about() + "\n\n" + table(key, area.getType())
                + Arrays.stream(area.getType().getRecordComponents())
                        .filter(component -> itemOf(component.getGenericType()).isRecord())
                        .map(component -> lines(key, component))
                        .collect(Collectors.joining());
    }

    /** The keys of the lines of a list. */
    private static String lines(String area, RecordComponent list) {
        return "\n### A line of `" + area + "." + RecordBinder.key(list) + "`\n\n" + LINE_TABLE + lines(list);
    }

    private static String lines(RecordComponent list) {
        return Arrays.stream(itemOf(list.getGenericType()).getRecordComponents())
                .map(component -> Stream.of(
                                "`" + RecordBinder.key(component) + "`",
                                type(component.getGenericType()),
                                fallback(component),
                                setting(component).about())
                        .collect(Collectors.joining(" | ", "| ", " |\n")))
                .collect(Collectors.joining());
    }

    /** What a list holds; the type itself, when it is no list. */
    private static Class<?> itemOf(Type type) {
        Type item = type instanceof ParameterizedType list && list.getRawType() == List.class
                ? list.getActualTypeArguments()[0]
                : type;
        return item instanceof Class<?> plain ? plain : Object.class;
    }

    private String checksIntroduction() {
        return "## `checks`\n\nThe settings of each check, under its name. The checks that come with the gateway are\n"
                + checks.keySet().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "))
                + ".\n";
    }

    private static String check(String name, Class<? extends Record> settings) {
        String path = "checks." + name;
        String heading = "### `" + path + "`\n\n";
        return settings.getRecordComponents().length == 0
                ? heading + "This check takes no settings.\n"
                : heading + table(path, settings);
    }

    private static String table(String path, Class<?> record) {
        return TABLE
                + Arrays.stream(record.getRecordComponents())
                        .map(component -> row(path, component))
                        .collect(Collectors.joining());
    }

    private static String row(String path, RecordComponent component) {
        String key = RecordBinder.key(component);
        return Stream.of(
                        "`" + key + "`",
                        type(component.getGenericType()),
                        fallback(component),
                        setting(component).about().replace("|", "\\|"),
                        "`" + RecordBinder.variable(path + "." + key) + "`")
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String type(Type type) {
        if (itemOf(type).isRecord()) {
            return "list of lines";
        }
        if (type instanceof ParameterizedType parameterized && parameterized.getRawType() == Optional.class) {
            return type(parameterized.getActualTypeArguments()[0]);
        }
        Class<?> raw = (Class<?>) (type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type);
        if (raw.isEnum()) {
            return Arrays.stream(raw.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name())
                    .map(name -> "`" + name.toLowerCase(Locale.ROOT).replace('_', '-') + "`")
                    .collect(Collectors.joining(" or "));
        }
        return Optional.ofNullable(TYPES.get(raw)).orElseThrow(() -> new IllegalStateException("no words for " + raw));
    }

    private static String fallback(RecordComponent component) {
        String fallback = setting(component).fallback();
        if (!fallback.equals(Setting.REQUIRED)) {
            return fallback.isEmpty() ? "empty" : "`" + fallback + "`";
        }
        if (component.getType() == List.class) {
            return "no items";
        }
        return component.getType() == Optional.class ? "none" : "**required**";
    }

    private static String example() {
        return "## Example\n\n```yaml\n" + read(EXAMPLE) + "```\n";
    }

    private static Setting setting(RecordComponent component) {
        return Optional.ofNullable(component.getAnnotation(Setting.class))
                .orElseThrow(() -> new IllegalStateException(component + " has no @Setting"));
    }

    private static Path resource(String name) {
        return Path.of("src", "test", "resources", "dev", "gatehouse", "bootstrap", name);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
