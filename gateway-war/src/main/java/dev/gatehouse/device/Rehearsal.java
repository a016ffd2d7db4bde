package dev.gatehouse.device;

import java.time.Duration;
import java.util.Optional;

import dev.gatehouse.spi.DeviceDirectory;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.PairingDesk;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;

/**
 * The registry for checks that are only tried, in shadow or to explain: it answers like the registry and writes nothing.
 * A device that would ask for its pairing gets the request that it has open, or {@link #NOT_OPENED}. Safe for concurrent
 * use.
 */
public final class Rehearsal implements DeviceDirectory, PairingDesk {

    /** The request id of a request that was not opened, because nothing is. */
    public static final String NOT_OPENED = "not-opened";

    private static final Duration POLL_EVERY = Duration.ofSeconds(5);

    private final DeviceRegistry registry;

    Rehearsal(DeviceRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Optional<PairedDevice> find(String deviceId) {
        return registry.find(deviceId);
    }

    @Override
    public boolean isRevoked(String deviceId, Role role) {
        return registry.isRevoked(deviceId, role);
    }

    @Override
    public TokenStanding examine(DeviceProof.Verified device, Role role, Scopes requested, Secret token) {
        return registry.inspect(device, role, requested, token);
    }

    @Override
    public Optional<Ticket> open(Claim claim) {
        return registry.waiting(claim).or(() -> Optional.of(new Ticket(NOT_OPENED, POLL_EVERY)));
    }

    @Override
    public void approveSilently(Claim claim) {
        // Nothing is approved in a rehearsal.
    }
}
