package dev.gatehouse.device;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import jakarta.persistence.EntityManager;

import dev.gatehouse.spi.DeviceDirectory;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.PairingDesk;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one service behind every entry point that asks about devices or changes them. A change that comes with an {@link
 * Expectation} throws {@link ChangedMeanwhile} when that is not met.
 *
 * <p>Each method is one transaction; its events are published after the commit, on the calling thread. Every method may
 * block on the database and throws {@link dev.gatehouse.spi.TemporarilyUnavailable} when that cannot answer. Safe for
 * concurrent use. One daemon thread writes down what was seen, every few seconds, ends overdue pairing requests, every
 * minute, and removes devices that nobody uses, every hour.
 */
public final class DeviceRegistry implements DeviceDirectory, PairingDesk, AutoCloseable {

    /** How many devices are listed without a place to begin at. */
    public static final int DEVICES_LISTED_MAX = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(DeviceRegistry.class);
    private static final Duration FLUSH_EVERY = Duration.ofSeconds(30);
    private static final int IMPORTED_MAX = 10_000;
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);
    private static final Duration UNUSED_EVERY = Duration.ofHours(1);

    private final Database database;
    private final Supplier<DeviceSettings> settings;
    private final Changes changes;
    private final PairingRequests requests;
    private final PairedDevices devices;
    private final Sightings sightings;
    private final DeviceTokens tokens;
    private final TokenChanges tokenChanges;
    private final TokenLife tokenLife;
    private final UnusedDevices unused;
    private volatile Optional<Duration> limitApplied = Optional.empty();
    private final Housekeeping housekeeping = new Housekeeping();

    /** Opens the registry of a process that has no sessions. */
    public DeviceRegistry(
            Database database,
            Supplier<DeviceSettings> settings,
            Clock clock,
            SecureRandom random,
            RegistryListener listener) {
        this(database, settings, clock, random, listener, Set::of);
    }

    /**
     * Opens the registry and starts its thread.
     *
     * @param database where devices are kept; stays open when the registry closes
     * @param settings how many may wait, and how long; asked each time, for they may change
     * @param clock tells the time
     * @param random draws tokens and request ids
     * @param listener told of every change after its commit; must not block for long
     * @param connected the devices that have a session now; asked from the registry's thread
     */
    public DeviceRegistry(
            Database database,
            Supplier<DeviceSettings> settings,
            Clock clock,
            SecureRandom random,
            RegistryListener listener,
            Supplier<Set<String>> connected) {
        RandomText randomText = new RandomText(random);
        this.database = database;
        this.settings = settings;
        this.changes = new Changes(database, listener);
        this.requests = new PairingRequests(settings, clock, randomText);
        this.devices = new PairedDevices(clock);
        this.sightings = new Sightings(database, clock);
        this.tokenChanges = new TokenChanges(settings, clock, randomText);
        this.tokenLife = new TokenLife(settings);
        this.tokens = new DeviceTokens(database, clock, randomText, sightings, tokenLife);
        this.unused = new UnusedDevices(database, changes, sightings, settings, clock, connected, this::removal);
        housekeeping.every(FLUSH_EVERY, "write down when devices were seen", sightings::flush);
        housekeeping.every(SWEEP_EVERY, "limit the life of device tokens", () -> limitTokens(clock));
        housekeeping.every(SWEEP_EVERY, "end overdue pairing requests", this::expireOverdue);
        housekeeping.every(UNUSED_EVERY, "look for devices that nobody uses", this::removeUnused);
    }

    @Override
    public Optional<PairedDevice> find(String deviceId) {
        return database.read(entityManager -> devices.find(entityManager, deviceId));
    }

    @Override
    public boolean isRevoked(String deviceId, Role role) {
        return database.read(entityManager -> devices.isRevoked(entityManager, deviceId, role));
    }

    @Override
    public TokenStanding examine(DeviceProof.Verified device, Role role, Scopes requested, Secret token) {
        return tokens.examine(device, role, requested, token);
    }

    @Override
    public Optional<Ticket> open(Claim claim) {
        Optional<String> unchanged = database.read(entityManager -> devices.isKeyChanged(entityManager, claim)
                ? Optional.empty()
                : requests.findUnchanged(entityManager, claim));
        Optional<String> requestId = unchanged.isPresent()
                ? unchanged
                : changes.make(
                        deviceOf(claim),
                        entityManager -> devices.isKeyChanged(entityManager, claim)
                                ? keyChanged(claim)
                                : requests.open(entityManager, claim));
        return requestId.map(id -> new Ticket(id, settings.get().pollEvery()));
    }

    /** Makes the first connection as quick as the next ones; changes nothing. */
    public void warmUp() {
        new WarmUp(database, requests, devices, tokens).run();
    }

    /** The same answers for a check that is only tried: nothing is written. */
    public Rehearsal rehearsal() {
        return new Rehearsal(this);
    }

    /** What {@link #examine} would say, without noting that the token was used. */
    TokenStanding inspect(DeviceProof.Verified device, Role role, Scopes requested, Secret token) {
        return tokens.inspect(device, role, requested, token);
    }

    /** The request of this device and role that waits now. */
    Optional<Ticket> waiting(Claim claim) {
        return database.read(entityManager -> requests.findWaiting(entityManager, claim))
                .map(id -> new Ticket(id, settings.get().pollEvery()));
    }

    @Override
    public void approveSilently(Claim claim) {
        Optional<String> requestId = changes.make(Actor.GATEWAY, entityManager -> {
            if (devices.isKeyChanged(entityManager, claim)) {
                return keyChanged(claim);
            }
            if (devices.isRevoked(entityManager, claim.device().deviceId(), claim.role())) {
                return Change.of(Optional.<String>empty()); // what somebody revoked, somebody must approve
            }
            PairingRequestEntity request = requests.resolvedBy(entityManager, claim);
            Approval silent = new Approval(Optional.empty(), Optional.empty(), ApprovedVia.SILENT);
            devices.grant(entityManager, request, request.scopes(), silent);
            return Change.of(Optional.of(request.requestId()), approved(request));
        });
        requestId.ifPresent(id -> LOG.info(
                "device {} was approved silently by request {}", claim.device().deviceId(), id));
    }

    /**
     * Lists pairing requests, the newest first, a thousand at most.
     *
     * @param authority who asks
     * @param state what became of them
     * @return those in this state now that the caller may see
     * @throws Denied when the caller may see none
     */
    public List<PairingRequest> pairingRequests(Authority authority, PairingRequest.State state) {
        return pairingRequests(authority, state, Optional.empty());
    }

    /** The same, of one device if one is given. */
    public List<PairingRequest> pairingRequests(
            Authority authority, PairingRequest.State state, Optional<String> ofDevice) {
        DeviceRules rules = new DeviceRules(authority);
        rules.checkReading();
        return database.read(entityManager -> rules.onlyDevice()
                .or(() -> ofDevice)
                .map(deviceId -> requests.listOf(entityManager, deviceId, state))
                .orElseGet(() -> requests.list(entityManager, state)));
    }

    /**
     * Reads one pairing request.
     *
     * @param authority who asks
     * @param requestId its id
     * @return the request
     * @throws UnknownPairingRequest when there is none that the caller may see, or it was forgotten long after its end
     * @throws Denied when the caller may see none
     */
    public PairingRequest pairingRequest(Authority authority, String requestId) {
        DeviceRules rules = new DeviceRules(authority);
        rules.checkReading();
        PairingRequest found = database.read(entityManager -> requests.find(entityManager, requestId));
        if (rules.hides(found.deviceId())) {
            throw new UnknownPairingRequest(requestId);
        }
        return found;
    }

    /**
     * Approves a pairing request: adds what is approved to the device's grant, and withholds what is not.
     *
     * @param authority who approves
     * @param id the request's id or its code, as people write them, or the device's id when only one request of it waits
     * @param approval what to grant
     * @return the request as it ended
     * @throws Denied when the caller may not
     * @throws UnknownPairingRequest when there is none
     * @throws AmbiguousDevice when the device has several requests
     * @throws PairingRequestResolved when it has ended, by another operator at the same moment for example
     * @throws InvalidApproval when it grants what was not asked for
     * @throws KeyConflict when a device of this id was approved with another key
     * @throws InvalidLabel when the label cannot be used
     */
    public PairingRequest approve(Authority authority, String id, Approval approval) {
        DeviceRules rules = new DeviceRules(authority);
        return changes.make(authority.actor(), entityManager -> {
            PairingRequestEntity request = requests.pending(
                    entityManager, rules, id, waiting -> rules.checkApproval(waiting.deviceId(), waiting.role()));
            Scopes resulting = devices.grant(entityManager, request, request.approvedBy(approval), approval);
            rules.checkGranted(request.role(), resulting); // rolls back what was granted
            return Change.of(requests.end(request, PairingRequest.State.APPROVED), approved(request));
        });
    }

    /**
     * Rejects a pairing request. Nothing is remembered against the device: it may ask again.
     *
     * @param authority who rejects
     * @param id the request's id or its code, as people write them, or the device's id when only one request of it waits
     * @return the request as it ended
     * @throws Denied when the caller may not
     * @throws UnknownPairingRequest when there is none
     * @throws AmbiguousDevice when the device has several requests
     * @throws PairingRequestResolved when it has ended
     */
    public PairingRequest reject(Authority authority, String id) {
        DeviceRules rules = new DeviceRules(authority);
        return changes.make(authority.actor(), entityManager -> {
            PairingRequestEntity request = requests.pending(
                    entityManager, rules, id, waiting -> rules.checkRejection(waiting.deviceId(), waiting.role()));
            return Change.of(
                    requests.end(request, PairingRequest.State.REJECTED),
                    new DeviceEvent.PairingRejected(request.requestId(), request.deviceId()));
        });
    }

    /**
     * Ends pairing requests that nobody refreshed in time, and forgets those that ended long ago.
     *
     * @return how many expired
     */
    public int expireOverdue() {
        List<String> overdue = database.read(requests::overdueIds);
        int expired = 0;
        for (String requestId : overdue) {
            if (changes.make(Actor.GATEWAY, entityManager -> requests.expireOverdue(entityManager, requestId))) {
                expired++;
            }
        }
        int forgotten = database.inTransaction(requests::forgetResolved);
        LOG.debug("{} pairing requests expired, {} were forgotten", expired, forgotten);
        return expired;
    }

    /**
     * Lists approved devices, the one first approved last first.
     *
     * @param authority who asks
     * @return the devices that the caller may see, the first {@value #DEVICES_LISTED_MAX} at most
     * @throws Denied when the caller may see none
     */
    public List<Device> devices(Authority authority) {
        return devices(authority, DeviceQuery.ALL, DEVICES_LISTED_MAX);
    }

    /**
     * Lists approved devices page by page.
     *
     * @param authority who asks
     * @param query which devices, in which order, from where on
     * @param limit how many at most
     * @return the devices that the caller may see; to a caller that is bound to its device that one, whatever the query
     * @throws Denied when the caller may see none
     */
    public List<Device> devices(Authority authority, DeviceQuery query, int limit) {
        DeviceRules rules = new DeviceRules(authority);
        rules.checkReading();
        return database.read(entityManager -> rules.onlyDevice()
                .map(deviceId -> devices.listOf(entityManager, deviceId))
                .orElseGet(() -> new DevicePages(entityManager).of(query, limit)));
    }

    /**
     * Reads one device.
     *
     * @param authority who asks
     * @param deviceId its id
     * @return the device
     * @throws UnknownDevice when it is not approved, or the caller may not see it
     * @throws Denied when the caller may see none
     */
    public Device device(Authority authority, String deviceId) {
        DeviceRules rules = new DeviceRules(authority);
        rules.checkReading();
        if (rules.hides(deviceId)) {
            throw new UnknownDevice(deviceId);
        }
        return database.read(entityManager -> PairedDevices.get(entityManager, deviceId));
    }

    /**
     * Gives a device another label.
     *
     * @param authority who names it
     * @param deviceId its id
     * @param label 1 to 64 characters
     * @return the device with its new label
     * @throws Denied when the caller may not
     * @throws UnknownDevice when it is not approved
     * @throws InvalidLabel when the label cannot be used
     */
    public Device relabel(Authority authority, String deviceId, String label) {
        DeviceRules rules = new DeviceRules(authority);
        rules.checkRename(deviceId);
        Label checked = new Label(label);
        return changes.make(authority.actor(), entityManager -> {
            rules.checkExpected(() -> PairedDevices.locked(entityManager, deviceId));
            devices.relabel(entityManager, deviceId, checked);
            entityManager.flush();
            return Change.of(PairedDevices.get(entityManager, deviceId), new DeviceEvent.DeviceRelabelled(deviceId));
        });
    }

    /**
     * Removes a device with its grants, its tokens, and what it still asks for.
     *
     * @param authority who removes it
     * @param deviceId its id
     * @throws Denied when the caller may not
     * @throws UnknownDevice when it is not approved
     */
    public void remove(Authority authority, String deviceId) {
        DeviceRules rules = new DeviceRules(authority);
        rules.checkRemoval(deviceId);
        String removed = changes.make(authority.actor(), entityManager -> {
            rules.checkExpected(() -> PairedDevices.locked(entityManager, deviceId));
            return new Change<>(deviceId, removal(entityManager, deviceId));
        });
        LOG.info("device {} was removed", removed);
    }

    private List<DeviceEvent> removal(EntityManager entityManager, String deviceId) {
        List<DeviceEvent> events = new ArrayList<>(List.of(new DeviceEvent.DeviceRemoved(deviceId)));
        events.addAll(new JpaNodes(entityManager).forget(deviceId));
        devices.remove(entityManager, deviceId);
        requests.removeUnresolved(entityManager, deviceId);
        return events;
    }

    /**
     * Announces the end of devices that nobody uses, and removes those whose end has come, as far as the settings limit
     * that; devices that have a session count as seen. Each removal is a transaction of its own.
     *
     * @return how many were removed
     */
    public int removeUnused() {
        return unused.sweep();
    }

    /**
     * Replaces a device token. The old one stays valid until the new one is first used, or the overlap of the settings
     * ends; the next hello delivers the new one. A revoked role counts again.
     *
     * @param authority who rotates it
     * @param deviceId whose token
     * @param role for which role
     * @param scopes what it carries from now on, or empty for what it carried
     * @return the outcome, with the new token when the caller is the device itself, by its token
     * @throws Denied when the caller may not, or is a session and named what there is not
     * @throws UnknownDevice when the device is not approved
     * @throws UnknownGrant when it is not approved for the role
     * @throws InvalidRotation when the device was granted less than the scopes
     */
    public RotatedToken rotate(Authority authority, String deviceId, Role role, Optional<Scopes> scopes) {
        DeviceRules rules = new DeviceRules(authority);
        RotatedToken rotated = changes.make(
                authority.actor(),
                entityManager -> scopes.map(
                                carried -> tokenChanges.rotate(entityManager, rules, deviceId, role, carried))
                        .orElseGet(() -> tokenChanges.rotate(entityManager, rules, deviceId, role)));
        LOG.info("the token of device {} for role {} was rotated", deviceId, role.wireName());
        return rotated;
    }

    /**
     * Makes a new token for a device that was just granted more, to be delivered to it. Its old one stays valid until
     * the new one is first used, or the overlap of the settings ends; its sessions go on.
     *
     * @param deviceId whose token
     * @param role for which role
     * @return the outcome with the token, or empty when the grant is gone or revoked
     */
    public Optional<RotatedToken> renewToken(String deviceId, Role role) {
        return changes.make(Actor.GATEWAY, entityManager -> tokenChanges.renew(entityManager, deviceId, role));
    }

    /**
     * Revokes the tokens of a device for a role, and the role with them, until it is approved again or rotated.
     *
     * @param authority who revokes them
     * @param deviceId whose tokens
     * @param role for which role
     * @return since when they are revoked
     * @throws Denied when the caller may not, or is a session and named what there is not
     * @throws UnknownDevice when the device is not approved
     * @throws UnknownGrant when it is not approved for the role
     */
    public Instant revoke(Authority authority, String deviceId, Role role) {
        DeviceRules rules = new DeviceRules(authority);
        Instant since = changes.make(
                authority.actor(), entityManager -> tokenChanges.revoke(entityManager, rules, deviceId, role));
        LOG.info("the tokens of device {} for role {} are revoked", deviceId, role.wireName());
        return since;
    }

    /**
     * Takes over devices that another gateway approved, all or none. One that is known already stays as it is, so that
     * doing it again changes nothing.
     *
     * @param authority who imports them
     * @param imported the devices, ten thousand at most
     * @param isRehearsal whether to say only what would be done
     * @return what became of each, in the same order
     * @throws Denied when the caller is not the owner
     */
    public List<ImportOutcome> importDevices(Authority authority, List<ImportedDevice> imported, boolean isRehearsal) {
        new DeviceRules(authority).checkImport();
        if (imported.size() > IMPORTED_MAX) {
            throw new IllegalArgumentException("cannot import more than " + IMPORTED_MAX + " devices");
        }
        return isRehearsal
                ? database.read(entityManager -> DeviceImport.rehearse(entityManager, imported))
                : changes.make(authority.actor(), entityManager -> DeviceImport.apply(entityManager, imported));
    }

    /**
     * Reads once more what a device token is worth, after a session was registered that depends on it.
     *
     * @param device the device of the session
     * @param role the role of the session
     * @param requested what its client asked for
     * @param token the token that it presented
     * @return what the token carries now, or empty when it is worth nothing any more
     */
    public Optional<Scopes> scopesOfToken(DeviceProof.Verified device, Role role, Scopes requested, Secret token) {
        return tokens.inspect(device, role, requested, token) instanceof TokenStanding.Valid valid
                ? Optional.of(valid.granted())
                : Optional.empty();
    }

    /**
     * The token to deliver in a hello, if the device needs one: it has none for this role, none that it ever used, or one
     * that ends soon.
     *
     * @param deviceId an approved device
     * @param role the role of its session
     * @return a new token, which replaces the one never used; empty when the device has its token, when another hello
     *     delivers one at this moment, or when the grant is gone
     */
    public Optional<IssuedToken> tokenForHello(String deviceId, Role role) {
        Optional<IssuedToken> issued = tokens.issue(deviceId, role);
        return issued.isPresent() || !tokens.isToBeRenewed(deviceId, role)
                ? issued
                : changes.make(Actor.GATEWAY, entityManager -> tokenChanges.renewInTime(entityManager, deviceId, role))
                        .flatMap(RotatedToken::token);
    }

    /**
     * Until when a session lives that depends on a device token: until the token is to be renewed, so that its client
     * comes back for another, or when that is past, until the token ends.
     *
     * @param device the device of the session
     * @param role the role of the session
     * @param token the token that its client holds
     * @return the end, or empty when tokens have none
     */
    public Optional<Instant> endOfSession(DeviceProof.Verified device, Role role, Secret token) {
        return tokens.endOfSession(device, role, token);
    }

    /**
     * Reads one grant once more, after a session was registered that depends on it.
     *
     * @param deviceId the device
     * @param role the role of its session
     * @return the grant as it is now, or empty when it is gone
     */
    public Optional<Grant> grant(String deviceId, Role role) {
        return database.read(entityManager -> devices.grant(entityManager, deviceId, role));
    }

    /**
     * Notes that a device has a session now; written down a few seconds later.
     *
     * @param deviceId the device
     * @param how how it was seen
     */
    public void seen(String deviceId, Sighting how) {
        sightings.deviceSeen(deviceId, how);
    }

    /** Stops the thread and writes down what was seen last. The database stays open. */
    @Override
    public void close() {
        housekeeping.close();
        sightings.flush();
    }

    private static Actor deviceOf(Claim claim) {
        return Actor.device(claim.device().deviceId());
    }

    /** Whose key an id stands for is never changed by itself: that would hand over what the old key was granted. */
    private static Change<Optional<String>> keyChanged(Claim claim) {
        String deviceId = claim.device().deviceId();
        LOG.warn(
                "device {} came from {} with another key than the approved one, and was refused; if that is right, remove"
                        + " the device and let it pair again",
                deviceId,
                claim.peer().getHostAddress());
        return Change.of(Optional.empty(), new DeviceEvent.DeviceKeyChanged(deviceId));
    }

    private void limitTokens(Clock clock) {
        Optional<Duration> limit = tokenLife.limit();
        if (limit.equals(limitApplied)) {
            return;
        }
        int limited = database.inTransaction(entityManager -> tokenLife.apply(entityManager, clock.millis()));
        if (limited > 0) {
            LOG.info("{} device tokens end within devices.token-lifetime", limited);
        }
        limitApplied = limit;
    }

    private static DeviceEvent approved(PairingRequestEntity request) {
        return new DeviceEvent.PairingApproved(request.requestId(), request.deviceId(), request.role());
    }
}
