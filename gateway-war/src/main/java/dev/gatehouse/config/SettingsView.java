package dev.gatehouse.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Bound settings as an operator may see them: of a secret, where it is kept; of a text whose name sounds like a secret,
 * nothing, because its author should have declared it as one. Stateless.
 */
public final class SettingsView {

    private static final String MASKED = "***";
    private static final Pattern SOUNDS_SECRET = Pattern.compile(
            "secret|password|passphrase|token|credential|api-?key|private-?key", Pattern.CASE_INSENSITIVE);

    private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*[;?#@].*", Pattern.DOTALL);
    private static final Pattern USER = Pattern.compile("//[^/?#]*@");

    private SettingsView() {}

    /** The settings by their names in the config, in the order of the record. */
    public static Map<String, Object> of(Record settings) {
        Map<String, Object> shown = new LinkedHashMap<>();
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            String key = RecordBinder.key(component);
            shown.put(key, shown(key, value(settings, component)));
        }
        return shown;
    }

    private static Object shown(String key, Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.<Object>map(present -> shown(key, present)).orElse("");
        }
        if (value instanceof List<?> items) {
            return items.stream().map(item -> shown(key, item)).toList();
        }
        if (value instanceof Record nested) {
            return of(nested);
        }
        if (value instanceof SecretReference reference) {
            return reference.toString();
        }
        if (value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            return value;
        }
        if (value instanceof Enum<?> constant) {
            return SettingValue.written(constant);
        }
        if (value instanceof Duration duration) {
            return written(duration);
        }
        return value instanceof String && SOUNDS_SECRET.matcher(key).find()
                ? MASKED
                : withoutSecrets(String.valueOf(value));
    }

    /** A URL may have a user and a password in it, and anything in its parameters. */
    private static String withoutSecrets(String text) {
        return URL.matcher(text).matches()
                ? USER.matcher(text).replaceFirst("//" + MASKED + "@").replaceFirst("[;?#].+$", "?" + MASKED)
                : text;
    }

    private static String written(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    private static Object value(Record settings, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(settings);
        } catch (InvocationTargetException | IllegalAccessException e) {
            return "unreadable: " + e;
        }
    }
}
