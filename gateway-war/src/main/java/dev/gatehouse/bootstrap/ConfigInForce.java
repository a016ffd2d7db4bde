package dev.gatehouse.bootstrap;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.gatehouse.chain.CheckReport;
import dev.gatehouse.config.ConfigReport;
import dev.gatehouse.config.SettingOrigin;
import dev.gatehouse.config.SettingsView;

/** The config in force, which a reload replaces. Safe for concurrent use. */
final class ConfigInForce {

    private record Bound(GatehouseConfig config, Map<String, SettingOrigin> origins) {}

    private volatile Optional<Bound> bound = Optional.empty();

    void set(GatehouseConfig next, Map<String, SettingOrigin> origins) {
        bound = Optional.of(new Bound(next, Map.copyOf(origins)));
    }

    /**
     * The config as it is now; not to be kept.
     *
     * @throws IllegalStateException when none is in force yet
     */
    GatehouseConfig get() {
        return bound().config();
    }

    /**
     * The config as operators may see it.
     *
     * @param checks those that are loaded
     */
    ConfigReport report(List<CheckReport> checks) {
        Bound current = bound();
        Map<String, Object> settings = new LinkedHashMap<>(SettingsView.of(current.config()));
        Map<String, Object> own = new TreeMap<>();
        checks.stream()
                .filter(check -> check.line().isPresent())
                .forEach(check -> own.put(check.check(), check.settings()));
        settings.put("checks", own);
        return new ConfigReport(settings, new TreeMap<>(current.origins()));
    }

    private Bound bound() {
        return bound.orElseThrow(() -> new IllegalStateException("no config is in force yet"));
    }
}
