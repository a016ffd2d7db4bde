package dev.gatehouse.bootstrap;

import java.util.Optional;

import dev.gatehouse.device.DeviceRegistry;
import dev.gatehouse.spi.DeviceDirectory;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.PairingDesk;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.TemporarilyUnavailable;

/**
 * The checks' doors to the registry, which opens only after the whole config has proved right. Until then they say that
 * nobody can answer. Safe for concurrent use.
 */
final class RegistryDoors implements DeviceDirectory, PairingDesk {

    private volatile Optional<DeviceRegistry> registry = Optional.empty();

    void open(DeviceRegistry opened) {
        registry = Optional.of(opened);
    }

    @Override
    public Optional<PairedDevice> find(String deviceId) {
        return registry().find(deviceId);
    }

    @Override
    public TokenStanding examine(DeviceProof.Verified device, Role role, Scopes requested, Secret token) {
        return registry().examine(device, role, requested, token);
    }

    @Override
    public Optional<Ticket> open(Claim claim) {
        return registry().open(claim);
    }

    @Override
    public void approveSilently(Claim claim) {
        registry().approveSilently(claim);
    }

    private DeviceRegistry registry() {
        return registry.orElseThrow(
                () -> new TemporarilyUnavailable("the device registry is not open yet", new IllegalStateException()));
    }
}
