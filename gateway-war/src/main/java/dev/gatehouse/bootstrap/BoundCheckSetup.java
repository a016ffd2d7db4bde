package dev.gatehouse.bootstrap;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.gatehouse.spi.CheckSetup;
import dev.gatehouse.spi.DeviceDirectory;
import dev.gatehouse.spi.InvalidSettings;
import dev.gatehouse.spi.PairingDesk;

/** What one check gets: its part of the config, and the gateway's doors. */
final class BoundCheckSetup implements CheckSetup {

    private final String name;
    private final Object written;
    private final RecordBinder binder;
    private final RegistryDoors devices;
    private final Clock clock;
    private boolean settingsRead;

    BoundCheckSetup(String name, Object written, RecordBinder binder, RegistryDoors devices, Clock clock) {
        this.name = name;
        this.written = written;
        this.binder = binder;
        this.devices = devices;
        this.clock = clock;
    }

    @Override
    public <T extends Record> T settings(Class<T> type) {
        settingsRead = true;
        List<String> problems = new ArrayList<>();
        return binder.bind(type, "checks." + name, written, problems).orElseThrow(() -> new InvalidSettings(problems));
    }

    /** Whether the operator wrote settings that the check never asked for. */
    boolean ignoredSettings() {
        return !settingsRead && !Map.of().equals(written);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public DeviceDirectory devices() {
        return devices;
    }

    @Override
    public PairingDesk pairingDesk() {
        return devices;
    }

    @Override
    public System.Logger logger() {
        return System.getLogger("dev.gatehouse.checks." + name);
    }
}
