package dev.gatehouse.device;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import jakarta.persistence.EntityManager;

import dev.gatehouse.spi.PairingDesk;
import dev.gatehouse.spi.Scopes;

/**
 * The life of pairing requests, within transactions of the registry.
 *
 * <p>A request waits as long as its device keeps asking. The time of the last attempt is written once a minute at most,
 * so that a client that polls costs reads only. A request that nobody refreshes has expired at once for every reader;
 * it is written down when its device asks again, or by the next sweep. Stateless; safe for concurrent use.
 */
final class PairingRequests {

    private static final Duration REFRESH_EVERY = Duration.ofMinutes(1);
    private static final Duration RESOLVED_ARE_KEPT = Duration.ofDays(7);

    private final Supplier<DeviceSettings> settings;
    private final Clock clock;
    private final RandomText random;

    PairingRequests(Supplier<DeviceSettings> settings, Clock clock, RandomText random) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    /** The id of the waiting request that a claim adds nothing to, so that nothing has to be written. */
    Optional<String> findUnchanged(EntityManager entityManager, PairingDesk.Claim claim) {
        return waiting(new JpaPairingRequests(entityManager), claim)
                .filter(request -> isUnchanged(request, claim))
                .map(PairingRequestEntity::requestId);
    }

    /** The id of the request that waits for the device and role of a claim. */
    Optional<String> findWaiting(EntityManager entityManager, PairingDesk.Claim claim) {
        return waiting(new JpaPairingRequests(entityManager), claim).map(PairingRequestEntity::requestId);
    }

    /** Adds a claim to the request that waits for its device and role, or opens one if one more may wait. */
    Change<Optional<String>> open(EntityManager entityManager, PairingDesk.Claim claim) {
        JpaPairingRequests requests = new JpaPairingRequests(entityManager);
        // Asked once: another attempt may commit at any moment, and its request is none to expire.
        Optional<PairingRequestEntity> unresolved =
                requests.unresolved(claim.device().deviceId(), claim.role());
        Optional<PairingRequestEntity> found = unresolved.filter(request -> isWaitingFor(request, claim));
        if (found.isPresent()) {
            return refresh(found.get(), claim);
        }
        Optional<String> approved = approvedMeanwhile(entityManager, claim);
        if (approved.isPresent()) {
            return Change.of(approved);
        }
        List<DeviceEvent> events = new ArrayList<>();
        // Expired unnoticed, or for another key of the device: whoever read that id must not approve this claim by it.
        unresolved.ifPresent(stale -> {
            events.add(expire(stale));
            entityManager.flush(); // before the new row takes the pending key
        });
        if (!mayWait(requests, claim)) {
            return new Change<>(Optional.empty(), events);
        }
        PairingRequestEntity request = new PairingRequestEntity(random.requestId(), claim, clock.millis());
        entityManager.persist(request);
        events.add(new DeviceEvent.PairingRequested(request.requestId(), request.deviceId()));
        return new Change<>(Optional.of(request.requestId()), events);
    }

    /**
     * The request that gave a claim what it asks for, after its connection had looked and found nothing: the device is
     * told that id once more and comes in the next time. Another request would wait for nobody.
     */
    private Optional<String> approvedMeanwhile(EntityManager entityManager, PairingDesk.Claim claim) {
        String deviceId = claim.device().deviceId();
        boolean isGranted = claim.need() != PairingDesk.Need.METADATA_UPGRADE
                && PairedDevices.grantEntity(entityManager, deviceId, claim.role())
                        .filter(grant -> !grant.isRevoked())
                        .filter(grant -> grant.toGrant().scopes().covers(claim.scopes()))
                        .isPresent()
                && entityManager
                        .find(DeviceEntity.class, deviceId)
                        .publicKey()
                        .equals(claim.device().publicKey());
        if (!isGranted) {
            return Optional.empty();
        }
        return listOf(entityManager, deviceId, PairingRequest.State.APPROVED).stream()
                .filter(request -> request.role() == claim.role())
                .map(PairingRequest::requestId)
                .findFirst();
    }

    /**
     * The request that the silent approval of a claim resolves: the one that waits, when the claim covers it, and else
     * a new one for the record. What waits for more than the claim goes on waiting.
     */
    PairingRequestEntity resolvedBy(EntityManager entityManager, PairingDesk.Claim claim) {
        Scopes claimed = ScopeText.storable(claim.role(), claim.scopes());
        Optional<PairingRequestEntity> covered = waiting(new JpaPairingRequests(entityManager), claim)
                .filter(request -> claimed.covers(request.scopes()));
        PairingRequestEntity request =
                covered.orElseGet(() -> new PairingRequestEntity(random.requestId(), claim, clock.millis()));
        request.refresh(claim, clock.millis());
        request.end(PairingRequest.State.APPROVED, clock.millis());
        entityManager.persist(request);
        return request;
    }

    /**
     * The request of this id, or the only one that waits of the device of this id, if it may still be decided about and is
     * what the caller expects.
     *
     * @param check throws when the caller may not decide about a request; nothing is told about one that it may not
     */
    PairingRequestEntity pending(
            EntityManager entityManager, DeviceRules rules, String id, Consumer<PairingRequestEntity> check) {
        PairingRequestEntity request = named(entityManager, id, check);
        rules.checkExpected(() -> toPairingRequest(request));
        if (!request.isPending(oldest())) {
            throw new PairingRequestResolved(toPairingRequest(request));
        }
        return request;
    }

    PairingRequest end(PairingRequestEntity request, PairingRequest.State end) {
        request.end(end, clock.millis());
        return toPairingRequest(request);
    }

    PairingRequest find(EntityManager entityManager, String requestId) {
        return toPairingRequest(byId(entityManager, requestId));
    }

    List<PairingRequest> list(EntityManager entityManager, PairingRequest.State state) {
        return new JpaPairingRequests(entityManager)
                .list(state, oldest()).stream().map(this::toPairingRequest).toList();
    }

    List<PairingRequest> listOf(EntityManager entityManager, String deviceId, PairingRequest.State state) {
        return new JpaPairingRequests(entityManager)
                .ofDevice(deviceId).stream()
                        .map(this::toPairingRequest)
                        .filter(request -> request.state() == state)
                        .toList();
    }

    List<String> overdueIds(EntityManager entityManager) {
        return new JpaPairingRequests(entityManager).overdueIds(oldest());
    }

    /** Ends a request as expired, unless it was resolved or its device has asked again meanwhile. */
    Change<Boolean> expireOverdue(EntityManager entityManager, String requestId) {
        return new JpaPairingRequests(entityManager)
                .byId(requestId)
                .filter(request -> request.isOverdue(oldest()))
                .map(request -> Change.of(true, expire(request)))
                .orElseGet(() -> Change.of(false));
    }

    void removeUnresolved(EntityManager entityManager, String deviceId) {
        new JpaPairingRequests(entityManager).removeUnresolved(deviceId);
    }

    /** Forgets requests that ended long ago. */
    int forgetResolved(EntityManager entityManager) {
        return new JpaPairingRequests(entityManager)
                .removeResolvedBefore(clock.millis() - RESOLVED_ARE_KEPT.toMillis());
    }

    private Change<Optional<String>> refresh(PairingRequestEntity request, PairingDesk.Claim claim) {
        if (!ScopeText.fits(request.widenedBy(claim))) {
            return Change.of(Optional.empty());
        }
        Optional<String> requestId = Optional.of(request.requestId());
        if (isUnchanged(request, claim)) {
            return Change.of(requestId); // another attempt of the device has just written the same
        }
        boolean isWidened = request.isWidenedBy(claim);
        request.refresh(claim, clock.millis());
        return isWidened
                ? Change.of(requestId, new DeviceEvent.PairingWidened(request.requestId(), request.deviceId()))
                : Change.of(requestId);
    }

    private boolean isUnchanged(PairingRequestEntity request, PairingDesk.Claim claim) {
        return request.says(claim) && request.isRefreshedSince(clock.millis() - REFRESH_EVERY.toMillis());
    }

    private DeviceEvent expire(PairingRequestEntity request) {
        request.end(PairingRequest.State.EXPIRED, clock.millis());
        return new DeviceEvent.PairingExpired(request.requestId(), request.deviceId());
    }

    /** The bounds may be exceeded by as many requests as are opened at the same instant. */
    private boolean mayWait(JpaPairingRequests requests, PairingDesk.Claim claim) {
        return ScopeText.fits(ScopeText.storable(claim.role(), claim.scopes()))
                && requests.countWaiting(oldest()) < settings.get().pendingMax()
                && requests.countWaitingFrom(claim.peer().getHostAddress(), oldest())
                        < settings.get().pendingMaxPerAddress();
    }

    private Optional<PairingRequestEntity> waiting(JpaPairingRequests requests, PairingDesk.Claim claim) {
        return requests.unresolved(claim.device().deviceId(), claim.role())
                .filter(request -> isWaitingFor(request, claim));
    }

    private boolean isWaitingFor(PairingRequestEntity request, PairingDesk.Claim claim) {
        return request.isPending(oldest()) && request.isFor(claim);
    }

    private PairingRequest toPairingRequest(PairingRequestEntity request) {
        return request.toPairingRequest(oldest());
    }

    private PairingRequestEntity named(EntityManager entityManager, String id, Consumer<PairingRequestEntity> check) {
        JpaPairingRequests requests = new JpaPairingRequests(entityManager);
        List<PairingRequestEntity> named = requests.byId(id).map(List::of).orElseGet(() -> spoken(requests, id));
        named.forEach(check);
        if (named.size() > 1) {
            throw new AmbiguousDevice(id, named);
        }
        return named.stream().findFirst().orElseThrow(() -> new UnknownPairingRequest(id));
    }

    /** A code that more than one request has, ended ones too, names none: nobody approves what he did not mean. */
    private List<PairingRequestEntity> spoken(JpaPairingRequests requests, String id) {
        List<PairingRequestEntity> meant =
                SpokenId.beginning(id).map(requests::beginningWith).orElseGet(List::of);
        return meant.isEmpty() ? requests.waitingOf(id, oldest()) : meant;
    }

    private static PairingRequestEntity byId(EntityManager entityManager, String requestId) {
        return new JpaPairingRequests(entityManager)
                .byId(requestId)
                .orElseThrow(() -> new UnknownPairingRequest(requestId));
    }

    /** A request whose last attempt was before this time has expired. */
    private long oldest() {
        return clock.millis() - settings.get().pendingTtl().toMillis();
    }
}
