package dev.gatehouse.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The config in force as operators may see it.
 *
 * @param settings every setting by area and name, those of the checks in the chain under {@code checks}; of a secret, where
 *     it is kept
 * @param origins where each comes from, by its whole name; a setting that is not named has its default
 */
public record ConfigReport(Map<String, Object> settings, Map<String, SettingOrigin> origins) {

    /** Copies both, in their order. */
    public ConfigReport {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        origins = Collections.unmodifiableMap(new LinkedHashMap<>(origins));
    }

    /** Tells of the config in force. Safe for concurrent use. */
    @FunctionalInterface
    public interface Desk {

        /** What is in force now. */
        ConfigReport inForce();
    }
}
