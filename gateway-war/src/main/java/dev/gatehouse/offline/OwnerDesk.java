package dev.gatehouse.offline;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.gatehouse.device.Actor;
import dev.gatehouse.device.AmbiguousDevice;
import dev.gatehouse.device.ApiKeys;
import dev.gatehouse.device.Approval;
import dev.gatehouse.device.ApprovedVia;
import dev.gatehouse.device.Authority;
import dev.gatehouse.device.Denied;
import dev.gatehouse.device.DeviceGrant;
import dev.gatehouse.device.DeviceRegistry;
import dev.gatehouse.device.ImportOutcome;
import dev.gatehouse.device.ImportedDevice;
import dev.gatehouse.device.InvalidApproval;
import dev.gatehouse.device.InvalidLabel;
import dev.gatehouse.device.InvalidRotation;
import dev.gatehouse.device.KeyScope;
import dev.gatehouse.device.PairingRequest;
import dev.gatehouse.device.PairingRequestResolved;
import dev.gatehouse.device.UnknownDevice;
import dev.gatehouse.device.UnknownGrant;
import dev.gatehouse.device.UnknownPairingRequest;
import dev.gatehouse.journal.Journal;
import dev.gatehouse.journal.Verification;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.TemporarilyUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what the owner of a gateway orders: each deed a thin face of the registry, with the owner's authority.
 * Blocks on the database; safe for concurrent use.
 */
public final class OwnerDesk {

    private static final Logger LOG = LoggerFactory.getLogger(OwnerDesk.class);
    private static final Authority OWNER = Authority.owner();

    private final DeviceRegistry registry;
    private final ApiKeys keys;
    private final Journal journal;

    /**
     * A desk on a gateway's data.
     *
     * @param registry its devices
     * @param keys its API keys
     * @param journal what happened to it
     */
    public OwnerDesk(DeviceRegistry registry, ApiKeys keys, Journal journal) {
        this.journal = journal;
        this.registry = registry;
        this.keys = keys;
    }

    /**
     * Answers one line of JSON with one line of JSON, whatever comes.
     *
     * @param line an order
     * @return what became of it
     */
    public String answer(String line) {
        return Wire.line(reply(line));
    }

    private Reply reply(String line) {
        try {
            return carryOut(Wire.read(line, Order.class));
        } catch (JsonProcessingException e) {
            return Reply.refused("the gateway does not know this order; use the command of the gateway's own version");
        }
    }

    /** Carries out an order; never throws. */
    Reply carryOut(Order order) {
        try {
            return Reply.done(result(order));
        } catch (UnknownDevice
                | UnknownGrant
                | UnknownPairingRequest
                | AmbiguousDevice
                | PairingRequestResolved
                | InvalidApproval
                | InvalidLabel
                | InvalidRotation
                | Denied
                | CommandFailed
                | IllegalArgumentException refusal) {
            return Reply.refused(String.valueOf(refusal.getMessage()));
        } catch (TemporarilyUnavailable e) {
            LOG.warn("an order of the owner found the database unavailable", e);
            return Reply.refused("the database cannot answer now (" + e.getMessage() + "); try again");
        } catch (RuntimeException e) {
            String incident = UUID.randomUUID().toString();
            LOG.error("incident {}: an order of the owner failed", incident, e);
            return Reply.refused("something unexpected failed; the log says what under incident " + incident);
        }
    }

    private Object result(Order order) {
        return switch (order.deed()) {
            case LIST_DEVICES -> lists();
            case APPROVE -> Shown.request(registry.approve(OWNER, id(order), approval(order)));
            case REJECT -> Shown.request(registry.reject(OWNER, id(order)));
            case RENAME -> Shown.device(registry.relabel(OWNER, id(order), label(order)));
            case ROTATE -> Shown.rotation(registry.rotate(OWNER, id(order), role(order), scopes(order)));
            case REVOKE -> revoked(id(order), role(order));
            case REMOVE -> removed(id(order));
            case LIST_KEYS ->
                Map.of("keys", keys.list().stream().map(Shown::key).toList());
            case CREATE_KEY -> created(label(order), keyScope(order));
            case REVOKE_KEY ->
                keys.revoke(Authority.owner(), id(order))
                        .map(Shown::key)
                        .orElseThrow(
                                () -> new CommandFailed("no API key '" + id(order) + "'; list them with: keys list"));
            case VERIFY_AUDIT -> verified();
            case IMPORT -> imported(order);
        };
    }

    private Map<String, Object> verified() {
        Verification found = journal.verify();
        found.problem().ifPresent(problem -> {
            throw new CommandFailed("the audit was tampered with: " + problem);
        });
        return Map.of("first", found.first(), "last", found.last(), "hash", found.hash());
    }

    private Map<String, Object> lists() {
        Map<String, Object> lists = new LinkedHashMap<>();
        lists.put(
                "pending",
                registry.pairingRequests(OWNER, PairingRequest.State.PENDING).stream()
                        .map(Shown::request)
                        .toList());
        lists.put("devices", registry.devices(OWNER).stream().map(Shown::device).toList());
        return lists;
    }

    private static Approval approval(Order order) {
        return new Approval(scopes(order), order.label(), ApprovedVia.OWNER);
    }

    private Map<String, Object> revoked(String deviceId, Role role) {
        Instant since = registry.revoke(OWNER, deviceId, role);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("deviceId", deviceId);
        json.put("role", role.wireName());
        json.put("tokenRevokedAt", since.toString());
        return json;
    }

    private Map<String, Object> removed(String deviceId) {
        registry.remove(OWNER, deviceId);
        return Map.of("deviceId", deviceId);
    }

    private static KeyScope keyScope(Order order) {
        String label = order.scopes().map(scopes -> String.join(",", scopes)).orElse(KeyScope.ADMIN.label());
        return KeyScope.parse(label)
                .orElseThrow(() -> new CommandFailed(
                        "'" + label + "' is no scope of an API key; use read, approve, manage or admin"));
    }

    private Map<String, Object> created(String label, KeyScope scope) {
        Secret key = keys.create(Actor.OWNER, label, scope, Optional.empty()).secret();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("label", label.strip());
        json.put("key", key.expose());
        return json;
    }

    private Map<String, Object> imported(Order order) {
        List<ImportedDevice> devices = order.devices().orElse(List.of()).stream()
                .map(ImportRow::toDevice)
                .toList();
        List<ImportOutcome> outcomes = registry.importDevices(OWNER, devices, order.rehearsal());
        return Map.of(
                "devices",
                outcomes.stream()
                        .map(outcome -> Map.of(
                                "deviceId", outcome.deviceId(),
                                "outcome", outcome.kind().label()))
                        .toList());
    }

    /** The role that is named, or the only one that the device has. */
    private Role role(Order order) {
        Optional<Role> named = order.role()
                .map(name -> Role.parse(name).orElseThrow(() -> new CommandFailed("'" + name + "' is no role")));
        return named.orElseGet(() -> onlyRole(id(order)));
    }

    private Role onlyRole(String deviceId) {
        List<Role> roles = registry.device(OWNER, deviceId).grants().stream()
                .map(DeviceGrant::role)
                .toList();
        if (roles.size() != 1) {
            throw new CommandFailed("device '" + deviceId + "' has several roles ("
                    + roles.stream().map(Role::wireName).collect(Collectors.joining(", "))
                    + "); name one with --role=ROLE");
        }
        return roles.get(0);
    }

    private static Optional<Scopes> scopes(Order order) {
        return order.scopes().map(Scopes::of);
    }

    private static String id(Order order) {
        return order.id().orElseThrow(() -> new CommandFailed("the order names no id"));
    }

    private static String label(Order order) {
        return order.label().orElseThrow(() -> new CommandFailed("the order gives no label"));
    }
}
