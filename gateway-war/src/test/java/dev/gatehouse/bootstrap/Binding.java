package dev.gatehouse.bootstrap;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.gatehouse.config.Home;
import dev.gatehouse.config.RecordBinder;

/**
 * One record bound as the gateway binds it.
 *
 * @param settings the record, or empty when something was wrong
 * @param problems everything that was wrong
 */
record Binding<T extends Record>(Optional<T> settings, List<String> problems) {

    /** Binds what stands in the config under the area; the environment is empty. */
    static <T extends Record> Binding<T> of(Class<T> type, String area, Map<String, Object> written) {
        return of(type, area, written, Map.of());
    }

    /** Binds what the environment says about the area. */
    static <T extends Record> Binding<T> ofEnvironment(Class<T> type, String area, Map<String, String> environment) {
        return of(type, area, Map.of(), environment);
    }

    private static <T extends Record> Binding<T> of(
            Class<T> type, String area, Map<String, Object> written, Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        RecordBinder binder = new RecordBinder(new Home(Path.of("nowhere")), environment);
        Optional<T> settings = binder.bind(type, area, written, problems);
        problems.addAll(binder.unknownVariables(Set.of()));
        return new Binding<>(settings, problems);
    }
}
