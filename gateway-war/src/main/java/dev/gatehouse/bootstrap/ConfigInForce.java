package dev.gatehouse.bootstrap;

import java.util.Optional;

/** The config in force, which a reload replaces. Safe for concurrent use. */
final class ConfigInForce {

    private volatile Optional<GatehouseConfig> config = Optional.empty();

    void set(GatehouseConfig next) {
        config = Optional.of(next);
    }

    /**
     * The config as it is now; not to be kept.
     *
     * @throws IllegalStateException when none is in force yet
     */
    GatehouseConfig get() {
        return config.orElseThrow(() -> new IllegalStateException("no config is in force yet"));
    }
}
