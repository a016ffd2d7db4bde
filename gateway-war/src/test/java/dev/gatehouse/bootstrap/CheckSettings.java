package dev.gatehouse.bootstrap;

import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

import dev.gatehouse.plugin.PluginGeneration;
import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.spi.CheckSetup;
import dev.gatehouse.spi.DeviceDirectory;
import dev.gatehouse.spi.PairingDesk;

/** Finds out which settings record a check has, by having it made until it asks for its settings. */
final class CheckSettings implements CheckSetup {

    /** What a check that never asks for settings has. */
    private record None() {}

    private static final class Asked extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Class<? extends Record> type;

        Asked(Class<? extends Record> type) {
            this.type = type;
        }
    }

    private CheckSettings() {}

    /** The settings record of every check that the plugins provide, by the check's name. */
    static Map<String, Class<? extends Record>> of(PluginGeneration plugins) {
        Map<String, Class<? extends Record>> found = new TreeMap<>();
        plugins.names().forEach(name -> plugins.factory(name).ifPresent(factory -> found.put(name, of(factory))));
        return found;
    }

    private static Class<? extends Record> of(AdmissionCheckFactory factory) {
        try {
            factory.create(new CheckSettings()).close();
            return None.class;
        } catch (Asked asked) {
            return asked.type;
        }
    }

    @Override
    public <T extends Record> T settings(Class<T> type) {
        throw new Asked(type);
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public DeviceDirectory devices() {
        return new RegistryDoors();
    }

    @Override
    public PairingDesk pairingDesk() {
        return new RegistryDoors();
    }

    @Override
    public System.Logger logger() {
        return System.getLogger("dev.gatehouse.checks");
    }
}
