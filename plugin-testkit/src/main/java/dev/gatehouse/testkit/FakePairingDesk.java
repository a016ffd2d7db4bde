package dev.gatehouse.testkit;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.gatehouse.spi.DeviceDirectory.Grant;
import dev.gatehouse.spi.DeviceDirectory.PairedDevice;
import dev.gatehouse.spi.PairingDesk;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;

/**
 * A desk that remembers who asked, and whose approvals reach a {@link FakeDeviceDirectory}. Safe for concurrent
 * use.
 *
 * @since 0.1
 */
public final class FakePairingDesk implements PairingDesk {

    /** The request id of every ticket; the sample of the wire reference. */
    public static final String REQUEST_ID = "2a0d0213-1eee-4d03-838a-89263728960e";

    /** How often every ticket lets the client ask again. */
    public static final Duration POLL_EVERY = Duration.ofSeconds(5);

    private final FakeDeviceDirectory directory;
    private final List<Claim> opened = new CopyOnWriteArrayList<>();
    private final List<Claim> approvedSilently = new CopyOnWriteArrayList<>();
    private volatile boolean full;

    /**
     * A desk with room for any number of requests.
     *
     * @param directory where silently approved devices are recorded
     */
    public FakePairingDesk(FakeDeviceDirectory directory) {
        this.directory = directory;
    }

    /** Makes the desk refuse every later request. */
    public void fillUp() {
        full = true;
    }

    /**
     * The requests that were opened or found again.
     *
     * @return each claim, in order
     */
    public List<Claim> opened() {
        return List.copyOf(opened);
    }

    /**
     * What was approved silently.
     *
     * @return each claim, in order
     */
    public List<Claim> approvedSilently() {
        return List.copyOf(approvedSilently);
    }

    @Override
    public Optional<Ticket> open(Claim claim) {
        directory.requireUp();
        if (full) {
            return Optional.empty();
        }
        opened.add(claim);
        return Optional.of(new Ticket(REQUEST_ID, POLL_EVERY));
    }

    @Override
    public void approveSilently(Claim claim) {
        directory.requireUp();
        approvedSilently.add(claim);
        approve(claim);
    }

    /**
     * Approves what a claim asks for, as an operator would.
     *
     * @param claim one of {@link #opened}
     */
    public void approve(Claim claim) {
        Map<Role, Grant> grants = new EnumMap<>(Role.class);
        directory
                .find(claim.device().deviceId())
                .filter(known -> known.publicKey().equals(claim.device().publicKey()))
                .ifPresent(known -> grants.putAll(known.grants()));
        grants.merge(
                claim.role(),
                new Grant(claim.scopes().normalised(), Scopes.none()),
                (before, now) -> new Grant(before.scopes().plus(now.scopes()).normalised(), Scopes.none()));
        directory.pair(new PairedDevice(
                claim.device().deviceId(),
                claim.device().publicKey(),
                Optional.of(claim.client().platform()),
                claim.client().deviceFamily(),
                Map.copyOf(grants)));
    }
}
