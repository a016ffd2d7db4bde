package dev.gatehouse.protocol;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;

/**
 * The answer to the connect frame of an admitted client (wire reference 3).
 *
 * @param version the gateway's version
 * @param connectionId names the connection in the gateway's log
 * @param uptimeMillis how long the gateway has been up
 * @param methods what the client may call
 * @param events what the client may hear
 * @param role what the session is connected as
 * @param scopes what the session may do, which may be less than it asked for
 * @param method by what the client was identified
 * @param presence who is there, as far as the client may know
 * @param deviceToken the token for coming back without a shared secret, when a new one was issued
 * @param otherTokens the tokens for the other roles of a device that was invited for several
 * @param health how the gateway is
 */
public record Hello(
        String version,
        String connectionId,
        long uptimeMillis,
        List<String> methods,
        List<String> events,
        Role role,
        Scopes scopes,
        String method,
        Presence presence,
        Optional<IssuedToken> deviceToken,
        List<RoleToken> otherTokens,
        Map<String, Object> health) {

    /** The methods that are modes of the gateway as well; the dashboard keeps a secret that it sees named (3.2). */
    private static final Set<String> SHARED_SECRETS = Set.of(Identity.TOKEN, Identity.PASSWORD);

    /** The largest frame that an admitted client may send, in bytes. */
    public static final int MAX_PAYLOAD = 26_214_400;

    /** The most bytes that may wait for a slow client. */
    public static final int MAX_BUFFERED = 52_428_800;

    /** How often the gateway sends a tick; clients give up after twice that time of silence. */
    public static final Duration TICK_INTERVAL = Duration.ofSeconds(30);

    /**
     * A device token at the only moment when it is known in plain text.
     *
     * @param token the token
     * @param issuedAtMillis when it was issued
     */
    public record IssuedToken(Secret token, long issuedAtMillis) {}

    /**
     * A device token for another role than that of the session.
     *
     * @param role what it is good for
     * @param scopes what it carries
     * @param issued the token
     */
    public record RoleToken(Role role, Scopes scopes, IssuedToken issued) {

        private Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("deviceToken", issued.token().expose());
            json.put("role", role.wireName());
            json.put("scopes", scopes.asList());
            json.put("issuedAtMs", issued.issuedAtMillis());
            return json;
        }
    }

    /**
     * Who is there.
     *
     * @param entries one for each client that is listed (wire reference 3.4)
     * @param version counts the changes, so that a client can tell which of two lists is the later
     * @param healthVersion counts how often the health was told by then
     */
    public record Presence(List<Map<String, Object>> entries, long version, long healthVersion) {

        /** Copies the entries. */
        public Presence {
            entries = List.copyOf(entries);
        }

        /** Before the health was told. */
        public Presence(List<Map<String, Object>> entries, long version) {
            this(entries, version, 0);
        }

        /** The same version, of which nothing may be told. */
        public Presence untold() {
            return new Presence(List.of(), version, healthVersion);
        }

        /** The {@code stateVersion} that goes with the entries. */
        public Map<String, Object> stateVersion() {
            Map<String, Object> versions = new LinkedHashMap<>();
            versions.put("presence", version);
            versions.put("health", healthVersion);
            return versions;
        }
    }

    /** A hello to a client that comes in one role only, and is told nothing about the health. */
    public Hello(
            String version,
            String connectionId,
            long uptimeMillis,
            List<String> methods,
            List<String> events,
            Role role,
            Scopes scopes,
            String method,
            Presence presence,
            Optional<IssuedToken> deviceToken) {
        this(
                version,
                connectionId,
                uptimeMillis,
                methods,
                events,
                role,
                scopes,
                method,
                presence,
                deviceToken,
                List.of(),
                Map.of());
    }

    /** The payload of the answer, its members in the order of the wire reference. */
    public Map<String, Object> payload() {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("type", "hello-ok");
        payload.put("protocol", Preconditions.PROTOCOL);
        payload.put("server", server());
        payload.put("features", features());
        payload.put("snapshot", snapshot());
        payload.put("auth", auth());
        payload.put("policy", policy());
        return payload;
    }

    /** {@code configured} keeps the stock dashboard from comparing its build with the gateway's (wire reference 3.2). */
    private Map<String, Object> server() {
        Map<String, Object> server = new LinkedHashMap<>();
        server.put("version", version);
        server.put("connId", connectionId);
        server.put("controlUiBuildSource", "configured");
        return server;
    }

    private Map<String, Object> features() {
        Map<String, Object> features = new LinkedHashMap<>();
        features.put("methods", methods);
        features.put("events", events);
        return features;
    }

    private Map<String, Object> snapshot() {
        Map<String, Object> snapshot = new LinkedHashMap<>();
        snapshot.put("presence", presence.entries());
        snapshot.put("health", health);
        snapshot.put("stateVersion", presence.stateVersion());
        snapshot.put("uptimeMs", uptimeMillis);
        if (scopes.covers(Scopes.ADMIN) && SHARED_SECRETS.contains(method)) {
            snapshot.put("authMode", method);
        }
        return snapshot;
    }

    private Map<String, Object> auth() {
        Map<String, Object> auth = new LinkedHashMap<>();
        auth.put("role", role.wireName());
        auth.put("scopes", scopes.asList());
        auth.put("method", method);
        deviceToken.ifPresent(issued -> {
            auth.put("deviceToken", issued.token().expose());
            auth.put("issuedAtMs", issued.issuedAtMillis());
        });
        if (!otherTokens.isEmpty()) {
            auth.put("deviceTokens", otherTokens.stream().map(RoleToken::json).toList());
        }
        return auth;
    }

    private static Map<String, Object> policy() {
        Map<String, Object> policy = new LinkedHashMap<>();
        policy.put("maxPayload", MAX_PAYLOAD);
        policy.put("maxBufferedBytes", MAX_BUFFERED);
        policy.put("tickIntervalMs", TICK_INTERVAL.toMillis());
        return policy;
    }
}
