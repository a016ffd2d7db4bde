package dev.gatehouse.management;

import java.util.Map;
import java.util.TreeMap;

import dev.gatehouse.config.ConfigReport;

/**
 * The config in force as the API shows it.
 *
 * @param settings as they would stand in the config file; of a secret, where it is kept
 * @param origins {@code environment}, {@code file} or {@code default}, by the setting's whole name
 */
record ConfigView(Map<String, Object> settings, Map<String, String> origins) {

    static ConfigView of(ConfigReport report) {
        Map<String, String> origins = new TreeMap<>();
        report.origins().forEach((setting, origin) -> origins.put(setting, origin.label()));
        return new ConfigView(report.settings(), origins);
    }
}
