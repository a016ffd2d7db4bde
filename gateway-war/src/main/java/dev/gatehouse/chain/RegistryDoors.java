package dev.gatehouse.chain;

import java.util.Optional;
import java.util.function.Function;

import dev.gatehouse.device.DeviceRegistry;
import dev.gatehouse.device.Invitations;
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
public final class RegistryDoors {

    private volatile Optional<DeviceRegistry> registry = Optional.empty();
    private volatile Optional<Invitations> invitations = Optional.empty();

    public void open(DeviceRegistry opened, Invitations openedInvitations) {
        invitations = Optional.of(openedInvitations);
        registry = Optional.of(opened);
    }

    /** For checks that decide. */
    Doors live() {
        Late late = new Late(found -> found, found -> found);
        return new Doors(late, late);
    }

    /** For checks that are only tried: nothing is written. */
    Doors rehearsal() {
        Late late = new Late(DeviceRegistry::rehearsal, DeviceRegistry::rehearsal);
        return new Doors(late, late);
    }

    private DeviceRegistry registry() {
        return registry.orElseThrow(RegistryDoors::closed);
    }

    private Invitations invitations() {
        return invitations.orElseThrow(RegistryDoors::closed);
    }

    private static TemporarilyUnavailable closed() {
        return new TemporarilyUnavailable("the device registry is not open yet", new IllegalStateException());
    }

    private final class Late implements DeviceDirectory, PairingDesk {

        private final Function<DeviceRegistry, ? extends DeviceDirectory> directory;
        private final Function<DeviceRegistry, ? extends PairingDesk> desk;

        Late(
                Function<DeviceRegistry, ? extends DeviceDirectory> directory,
                Function<DeviceRegistry, ? extends PairingDesk> desk) {
            this.directory = directory;
            this.desk = desk;
        }

        @Override
        public Optional<PairedDevice> find(String deviceId) {
            return directory.apply(registry()).find(deviceId);
        }

        @Override
        public boolean isRevoked(String deviceId, Role role) {
            return directory.apply(registry()).isRevoked(deviceId, role);
        }

        @Override
        public TokenStanding examine(DeviceProof.Verified device, Role role, Scopes requested, Secret token) {
            return directory.apply(registry()).examine(device, role, requested, token);
        }

        /** Changes nothing, so that a rehearsal gets the same answer. */
        @Override
        public TokenStanding examineInvitation(DeviceProof.Verified device, Role role, Scopes requested, Secret token) {
            return invitations().examine(device, role, requested, token);
        }

        @Override
        public Optional<Ticket> open(Claim claim) {
            return desk.apply(registry()).open(claim);
        }

        @Override
        public void approveSilently(Claim claim) {
            desk.apply(registry()).approveSilently(claim);
        }
    }
}
