package dev.gatehouse.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.protocol.Frames;
import dev.gatehouse.protocol.Hello;
import dev.gatehouse.spi.Role;

/**
 * Something that sessions are told unasked (wire reference 7.10).
 *
 * @param frame the frame, written once for all, without its number
 * @param scope what a session must hold to hear it; empty for every session
 * @param isDroppable whether a session that is behind with reading is rather not told
 */
public record Event(String frame, Optional<String> scope, boolean isDroppable) {

    static final String READ = "operator.read";
    static final String PAIRING = "operator.pairing";
    static final String WRITE = "operator.write";

    private static final String REQUESTED = "device.pair.requested";
    private static final String RESOLVED = "device.pair.resolved";
    private static final String CHANGED = "device.pair.changed";
    private static final String SETUP_COMPLETED = "device.pair.setup.completed";
    private static final String NODE_REQUESTED = "node.pair.requested";
    private static final String NODE_RESOLVED = "node.pair.resolved";
    private static final String NODE_INVOKED = "node.invoke.request";
    private static final String NODE_CANCELLED = "node.invoke.cancel";
    private static final String HEALTH = "health";
    private static final String PRESENCE = "presence";
    private static final String SHUTDOWN = "shutdown";
    private static final String TICK = "tick";

    /** Every event that the gateway sends, as hello lists them. */
    public static final List<String> NAMES = List.of(
            "connect.challenge",
            CHANGED,
            REQUESTED,
            RESOLVED,
            SETUP_COMPLETED,
            HEALTH,
            NODE_CANCELLED,
            NODE_INVOKED,
            NODE_REQUESTED,
            NODE_RESOLVED,
            PRESENCE,
            SHUTDOWN,
            TICK);

    /** The sign of life that goes out every {@link Hello#TICK_INTERVAL}. */
    public static Event tick(long nowMillis) {
        return toAll(TICK, Map.of("ts", nowMillis));
    }

    /** The gateway stops, and every session with it. */
    public static Event shutdown() {
        return toAll(SHUTDOWN, Map.of("reason", "gateway stopping"));
    }

    /** Something about the devices is different; look again. */
    public static Event devicesChanged() {
        return aboutPairing(CHANGED, Map.of());
    }

    static Event pairingRequested(Map<String, ?> pending) {
        return aboutPairing(REQUESTED, pending);
    }

    static Event pairingResolved(String requestId, String deviceId, String decision, long nowMillis) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("requestId", requestId);
        payload.put("deviceId", deviceId);
        payload.put("decision", decision);
        payload.put("ts", nowMillis);
        return aboutPairing(RESOLVED, payload);
    }

    /** An invited device has come in (wire reference 7.8). */
    static Event setupCompleted(Map<String, ?> completion) {
        return aboutPairing(SETUP_COMPLETED, completion);
    }

    static Event surfaceRequested(Map<String, ?> pending) {
        return aboutPairing(NODE_REQUESTED, pending);
    }

    static Event surfaceResolved(Map<String, ?> resolved) {
        return aboutPairing(NODE_RESOLVED, resolved);
    }

    /** The same for the node that it is about: a frame for one session alone. */
    static String surfaceResolvedFrame(Map<String, ?> resolved) {
        return Frames.event(NODE_RESOLVED, resolved);
    }

    /** Asks a node to carry out a command: a frame for one session alone. */
    static String invocationFrame(Map<String, ?> request) {
        return Frames.event(NODE_INVOKED, request);
    }

    /** Tells a node that nobody waits for a command any more: a frame for one session alone. */
    static String cancellationFrame(Map<String, ?> cancelled) {
        return Frames.event(NODE_CANCELLED, cancelled);
    }

    /** Each list replaces the one before, so one that is missed is no loss. */
    static Event presence(Hello.Presence now) {
        String frame = Frames.event(PRESENCE, Map.of("presence", now.entries()), now.stateVersion());
        return new Event(frame, Optional.of(READ), true);
    }

    /** How the gateway is; each one replaces the one before, so one that is missed is no loss. */
    static Event health(Map<String, ?> health, Hello.Presence versions) {
        return new Event(Frames.event(HEALTH, health, versions.stateVersion()), Optional.empty(), true);
    }

    /** Whether a session may hear it; a session that is no operator hears only what everybody hears. */
    public boolean isFor(Caller caller) {
        return scope.isEmpty()
                || (caller.role() == Role.OPERATOR && caller.scopes().covers(scope.get()));
    }

    private static Event toAll(String name, Map<String, ?> payload) {
        return new Event(Frames.event(name, payload), Optional.empty(), false);
    }

    private static Event aboutPairing(String name, Map<String, ?> payload) {
        return new Event(Frames.event(name, payload), Optional.of(PAIRING), true);
    }
}
