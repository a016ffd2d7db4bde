package dev.gatehouse.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.Setting;

/**
 * The JSON schema (draft 2020-12) of the config, generated from the records that bind it, so that an editor completes
 * and checks what {@link RecordBinder} accepts. Immutable.
 */
public final class ConfigSchema {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<Class<?>> WHOLE_NUMBERS = Set.of(int.class, long.class, Integer.class, Long.class);
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private final Map<String, List<String>> known;

    private ConfigSchema(Map<String, List<String>> known) {
        this.known = known;
    }

    /**
     * The schema of a whole config.
     *
     * @param areas the record of all areas
     * @param checks the settings of each check that a loaded plugin provides, by name
     * @param known the texts that make sense at a place, such as {@code admission.chain.check}
     */
    public static ObjectNode of(
            Class<? extends Record> areas,
            Map<String, Optional<Class<? extends Record>>> checks,
            Map<String, List<String>> known) {
        return new ConfigSchema(known).whole(areas, checks);
    }

    private ObjectNode whole(Class<?> areas, Map<String, Optional<Class<? extends Record>>> checks) {
        ObjectNode root = record(areas, "");
        root.put("$schema", DIALECT);
        root.put("title", "Gatehouse config");
        ObjectNode settings = JSON.objectNode();
        settings.put("type", "object").put("additionalProperties", false);
        settings.put("description", "The settings of each check, under its name.");
        ObjectNode each = settings.putObject("properties");
        checks.forEach((name, type) -> each.set(
                name, nullable(type.map(own -> record(own, "checks." + name)).orElseGet(ConfigSchema::nothing))));
        ((ObjectNode) root.get("properties")).set("checks", nullable(settings));
        return root;
    }

    private ObjectNode record(Class<?> type, String path) {
        ObjectNode schema = JSON.objectNode();
        schema.put("type", "object").put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        for (RecordComponent component : type.getRecordComponents()) {
            String key = RecordBinder.key(component);
            properties.set(key, component(component, path.isEmpty() ? key : path + "." + key));
            if (isRequired(component)) {
                required.add(key);
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema;
    }

    private ObjectNode component(RecordComponent component, String path) {
        Setting setting = component.getAnnotation(Setting.class);
        if (component.getType().isRecord()) {
            ObjectNode area = record(component.getType(), path);
            area.put("description", setting.about());
            return nullable(area);
        }
        ObjectNode schema = Optional.ofNullable(known.get(path))
                .map(ConfigSchema::oneOf)
                .orElseGet(() -> type(component.getGenericType(), path));
        schema.put("description", setting.about());
        if (!setting.fallback().equals(Setting.REQUIRED)) {
            schema.put("default", setting.fallback());
        }
        return schema;
    }

    private ObjectNode type(Type type, String path) {
        Class<?> raw = SettingValue.raw(type);
        if (raw == Optional.class) {
            return type(argument(type), path);
        }
        if (raw == List.class) {
            return list(argument(type), path);
        }
        return scalar(raw);
    }

    /** A list may be written as a list, or as one text with commas. */
    private ObjectNode list(Type item, String path) {
        ObjectNode schema = JSON.objectNode();
        ArrayNode forms = schema.putArray("anyOf");
        ObjectNode array = forms.addObject();
        array.put("type", "array");
        Class<?> raw = SettingValue.raw(item);
        if (raw.isRecord()) {
            ArrayNode either = array.putObject("items").putArray("anyOf");
            RecordComponent first = raw.getRecordComponents()[0];
            either.add(component(first, path + "." + RecordBinder.key(first)));
            either.add(record(raw, path));
        } else {
            array.set("items", scalar(raw));
        }
        forms.addObject().put("type", "string");
        return schema;
    }

    private static ObjectNode scalar(Class<?> type) {
        ObjectNode schema = JSON.objectNode();
        if (type == boolean.class || type == Boolean.class) {
            return schema.put("type", "boolean");
        }
        if (WHOLE_NUMBERS.contains(type)) {
            return schema.put("type", "integer").put("minimum", 0);
        }
        if (type == Duration.class) {
            return schema.put("type", "string").put("pattern", "^[0-9]{1,9}(ms|s|m|h|d)$");
        }
        if (type == LocalDate.class) {
            return schema.put("type", "string").put("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
        }
        if (type == Secret.Source.class) {
            return schema.put("type", "string").put("pattern", "^(env|file):.+$");
        }
        if (type.isEnum()) {
            return oneOf(SettingValue.constants(type));
        }
        ArrayNode texts = schema.putArray("type"); // a text may look like a number or a truth value to YAML
        texts.add("string").add("number").add("boolean");
        return schema;
    }

    private static ObjectNode oneOf(List<String> texts) {
        ObjectNode schema = JSON.objectNode();
        ArrayNode allowed = schema.putArray("enum");
        texts.stream().sorted().forEach(allowed::add);
        return schema;
    }

    /** A key with nothing under it counts as one that is not there. */
    private static ObjectNode nullable(ObjectNode schema) {
        schema.putArray("type").add("object").add("null");
        return schema;
    }

    private static ObjectNode nothing() {
        ObjectNode schema = JSON.objectNode();
        return schema.put("type", "object").put("maxProperties", 0).put("description", "This check takes no settings.");
    }

    private static boolean isRequired(RecordComponent component) {
        return !component.getType().isRecord()
                && component.getAnnotation(Setting.class).fallback().equals(Setting.REQUIRED)
                && !SettingValue.mayBeAbsent(component.getGenericType());
    }

    private static Type argument(Type type) {
        return ((ParameterizedType) type).getActualTypeArguments()[0];
    }
}
