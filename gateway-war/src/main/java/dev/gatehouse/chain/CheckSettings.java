package dev.gatehouse.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.config.RecordBinder;
import dev.gatehouse.spi.InvalidSettings;

/**
 * The settings of one check, bound to the record that its factory declares.
 *
 * @param declared the record that the factory declares
 * @param bound the settings, if every value is right
 * @param problems what is wrong, unknown keys among it
 */
record CheckSettings(
        Optional<Class<? extends Record>> declared, Optional<? extends Record> bound, List<String> problems) {

    /**
     * Binds what the config says.
     *
     * @param place where the settings stand, {@code checks.<name>}
     * @param written what stands there
     */
    static CheckSettings bind(
            RecordBinder binder, String place, Optional<Class<? extends Record>> declared, Object written) {
        if (declared.isEmpty()) {
            boolean isNothing = written instanceof Map<?, ?> keys && keys.isEmpty();
            return new CheckSettings(
                    declared,
                    Optional.empty(),
                    isNothing ? List.of() : List.of(place + ": this check takes no settings; remove them"));
        }
        List<String> problems = new ArrayList<>();
        Optional<? extends Record> bound = binder.bind(declared.get(), place, written, problems);
        return new CheckSettings(declared, bound, List.copyOf(problems));
    }

    /**
     * The settings as the check asks for them.
     *
     * @throws InvalidSettings when a value is missing or wrong
     * @throws IllegalStateException when the factory declared another record, or none
     */
    <T extends Record> T as(Class<T> type) {
        if (!declared.equals(Optional.of(type))) {
            throw new IllegalStateException("it asks for settings of " + type.getName() + ", but its factory declares "
                    + declared.map(Class::getName).orElse("none") + " in settings()");
        }
        return type.cast(bound.orElseThrow(() -> new InvalidSettings(problems)));
    }
}
