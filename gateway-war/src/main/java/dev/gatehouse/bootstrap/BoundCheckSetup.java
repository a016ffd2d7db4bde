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
    private final List<String> unknownKeys = new ArrayList<>();
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
        List<String> found = new ArrayList<>();
        T settings = binder.bind(type, place(), written, found).orElseThrow(() -> new InvalidSettings(found));
        unknownKeys.addAll(found);
        return settings;
    }

    /** What is wrong with the settings although the check could be made: keys that nobody asked for. */
    List<String> problems() {
        if (!settingsRead && !Map.of().equals(written)) {
            return List.of(place() + ": this check takes no settings; remove them");
        }
        return unknownKeys;
    }

    private String place() {
        return "checks." + name;
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
