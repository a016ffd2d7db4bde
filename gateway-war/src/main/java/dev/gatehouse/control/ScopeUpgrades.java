package dev.gatehouse.control;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import dev.gatehouse.device.Authority;
import dev.gatehouse.device.DeviceEvent;
import dev.gatehouse.device.DeviceRegistry;
import dev.gatehouse.device.PairingRequest;
import dev.gatehouse.device.RotatedToken;
import dev.gatehouse.device.UnknownPairingRequest;
import dev.gatehouse.protocol.Members;
import dev.gatehouse.protocol.WireError;
import dev.gatehouse.spi.PairingDesk.Claim;
import dev.gatehouse.spi.PairingDesk.Need;
import dev.gatehouse.spi.PairingDesk.Ticket;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;

/**
 * Lets an operator's session ask for more than its device was granted, and wait for the answer (wire reference 8.2).
 *
 * <p>A request is an ordinary pairing request of the session's own device. Whoever waits holds no thread; when the
 * request ends, all who wait for it get the same answer, and after an approval the same new device token, for they are
 * tabs of one browser. Only requests that were asked for here can be waited for, and each is answered once: its id is no
 * key to more tokens. Safe for concurrent use.
 */
public final class ScopeUpgrades implements MethodTable, Consumer<DeviceEvent> {

    private static final int SCOPES_MAX = 8;
    private static final int ID_MAX = 256;

    /** Far more than wait at a time; what is beyond is forgotten, the oldest first, and its client may ask again. */
    private static final int REMEMBERED_MAX = 4096;

    private static final Set<String> OPERATOR_SCOPES = Set.of(
            "operator.admin",
            "operator.read",
            "operator.write",
            "operator.sessions.read",
            "operator.sessions.write",
            "operator.approvals",
            "operator.questions",
            "operator.pairing",
            "operator.talk",
            "operator.talk.secrets");
    private static final WireError NO_DEVICE = WireError.invalidRequest(
            "device scope upgrade requires a paired browser identity; reopen the Control UI over HTTPS or localhost,"
                    + " then retry",
            noDevice());
    private static final WireError NOT_NOW =
            WireError.retryLater("device scope upgrade is temporarily unavailable", Duration.ofSeconds(30));
    private static final String NOT_FOUND = "scope upgrade expired or not found";
    private static final System.Logger LOG = System.getLogger(ScopeUpgrades.class.getName());

    private final DeviceRegistry registry;
    private final Executor threads;
    private final Map<String, PendingUpgrade> upgrades = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PendingUpgrade> eldest) {
            if (size() <= REMEMBERED_MAX) {
                return false;
            }
            eldest.getValue().answer(new Answer.Failure(WireError.invalidRequest(NOT_FOUND)));
            return true;
        }
    });

    /**
     * Nobody waits yet.
     *
     * @param registry where requests are opened and tokens made
     * @param threads where an answer is made, which may block on the database
     */
    public ScopeUpgrades(DeviceRegistry registry, Executor threads) {
        this.registry = registry;
        this.threads = threads;
    }

    @Override
    public List<Method<?>> table() {
        Method.Access operators = new Method.Access.InRole(Role.OPERATOR);
        return List.of(
                new Method<>(
                        "device.scopes.requestUpgrade",
                        operators,
                        true,
                        params -> Scopes.of(params.differentTexts("scopes", 1, SCOPES_MAX)),
                        this::request),
                new Method<>("device.scopes.waitUpgrade", operators, true, ScopeUpgrades::requestId, this::await));
    }

    /** Looks after a request that ended, for those who wait for it. */
    @Override
    public void accept(DeviceEvent event) {
        if (event instanceof DeviceEvent.PairingApproved approved) {
            settleSoon(approved.requestId());
        } else if (event instanceof DeviceEvent.PairingRejected rejected) {
            settleSoon(rejected.requestId());
        } else if (event instanceof DeviceEvent.PairingExpired expired) {
            settleSoon(expired.requestId());
        } else if (event instanceof DeviceEvent.DeviceRemoved removed) {
            forget(removed.deviceId());
        }
    }

    /** The sessions of a device that is removed end, and with them their calls. */
    private void forget(String deviceId) {
        synchronized (upgrades) {
            upgrades.values().removeIf(upgrade -> upgrade.deviceId().equals(deviceId));
        }
    }

    private Answer request(Caller caller, Scopes requested) {
        Optional<Claim> own = ownClaim(caller);
        if (own.isEmpty()) {
            return new Answer.Failure(NO_DEVICE);
        }
        if (!OPERATOR_SCOPES.containsAll(requested.asList())) {
            throw new Refused("requested scopes contain an unknown operator scope");
        }
        if (!requested.covers(caller.scopes())) {
            throw new Refused("requested scopes must include the connection's current scopes");
        }
        Optional<Ticket> ticket = registry.open(asking(own.get(), requested));
        if (ticket.isEmpty()) {
            return new Answer.Failure(NOT_NOW);
        }
        String requestId = ticket.get().requestId();
        String deviceId = own.get().device().deviceId();
        upgrades.computeIfAbsent(requestId, id -> new PendingUpgrade(deviceId));
        LOG.log(Level.INFO, "device {0} asks for {1} by request {2}", deviceId, requested, requestId);
        return new Answer.Payload(Map.of("requestId", requestId));
    }

    private static Claim asking(Claim own, Scopes requested) {
        return new Claim(
                own.device(), own.client(), Role.OPERATOR, requested, Need.SCOPE_UPGRADE, own.peer(), own.isLocal());
    }

    private Answer await(Caller caller, String requestId) {
        Optional<Claim> own = ownClaim(caller);
        if (own.isEmpty()) {
            return new Answer.Failure(NO_DEVICE);
        }
        PendingUpgrade upgrade = upgrades.get(requestId);
        if (upgrade == null || !upgrade.deviceId().equals(own.get().device().deviceId())) {
            throw new Refused(NOT_FOUND);
        }
        CompletableFuture<Answer> answer = upgrade.await();
        settle(requestId); // it may have ended before anybody waited for it
        if (upgrades.get(requestId) != upgrade) { // answered to those who waited, at this moment
            answer.complete(new Answer.Failure(WireError.invalidRequest(NOT_FOUND)));
        }
        return new Answer.Later(answer);
    }

    /** The claim of the caller's device, if it is an approved one. */
    private Optional<Claim> ownClaim(Caller caller) {
        return caller.claim()
                .filter(claim -> registry.find(claim.device().deviceId())
                        .filter(paired ->
                                paired.publicKey().equals(claim.device().publicKey()))
                        .isPresent());
    }

    private void settleSoon(String requestId) {
        if (!upgrades.containsKey(requestId)) {
            return;
        }
        try {
            threads.execute(() -> settle(requestId));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "the gateway stops, and nobody waits any more", e);
        }
    }

    /** Answers those who wait for a request, if it has ended; while nobody waits, it is kept for who comes. */
    private void settle(String requestId) {
        PendingUpgrade upgrade = upgrades.get(requestId);
        if (upgrade == null || !upgrade.isAwaited()) {
            return;
        }
        try {
            Optional<PairingRequest.State> end = end(requestId);
            if (end.isPresent() && upgrades.remove(requestId, upgrade)) {
                upgrade.answer(answer(requestId, upgrade.deviceId(), end.get()));
            }
        } catch (RuntimeException e) {
            upgrade.fail(e);
        }
    }

    private Optional<PairingRequest.State> end(String requestId) {
        try {
            return Optional.of(registry.pairingRequest(Authority.gateway(), requestId)
                            .state())
                    .filter(state -> state != PairingRequest.State.PENDING);
        } catch (UnknownPairingRequest e) { // forgotten long after its end, or removed with its device
            return Optional.of(PairingRequest.State.EXPIRED);
        }
    }

    private Answer answer(String requestId, String deviceId, PairingRequest.State end) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("status", end.label());
        result.put("requestId", requestId);
        if (end != PairingRequest.State.APPROVED) {
            return new Answer.Payload(result);
        }
        Optional<RotatedToken> renewed = registry.renewToken(deviceId, Role.OPERATOR);
        if (renewed.isEmpty()) { // approved, and revoked at once
            return new Answer.Failure(WireError.invalidRequest(NOT_FOUND));
        }
        renewed.get()
                .token()
                .ifPresent(issued -> result.put("deviceToken", issued.token().expose()));
        result.put("scopes", renewed.get().scopes().asList());
        return new Answer.Payload(result);
    }

    private static String requestId(Members params) {
        return params.text("requestId", ID_MAX);
    }

    private static Map<String, Object> noDevice() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("code", "DEVICE_IDENTITY_REQUIRED");
        details.put("recommendedNextStep", "reopen_control_ui_securely");
        return details;
    }
}
