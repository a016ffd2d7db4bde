package dev.gatehouse.protocol;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.spi.Role;

/**
 * The {@code error} of an answer (wire reference 1.3).
 *
 * @param code the first-level code, such as {@code INVALID_REQUEST}
 * @param message text for people
 * @param details structured facts in order, {@code code} first: what clients decide on; empty for none
 * @param retryAfter how long the client is to wait at least; kept within a millisecond and a day, because a browser's
 *     timer fires at once when it is set to more than 24 days
 */
public record WireError(String code, String message, Map<String, Object> details, Optional<Duration> retryAfter) {

    static final String INVALID_REQUEST = "INVALID_REQUEST";
    static final String NOT_PAIRED = "NOT_PAIRED";
    static final String FORBIDDEN = "FORBIDDEN";
    static final String UNAVAILABLE = "UNAVAILABLE";

    private static final String UNAUTHORIZED_ROLE = "unauthorized role: ";
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    public WireError {
        details = Collections.unmodifiableMap(JsonValues.object(details));
        retryAfter = retryAfter.map(WireError::bounded);
    }

    /** An error without details, of a request that the client should not have made. */
    public static WireError invalidRequest(String message) {
        return new WireError(INVALID_REQUEST, message, Map.of(), Optional.empty());
    }

    /** An error of a request that the client should not have made, with facts that it decides on. */
    public static WireError invalidRequest(String message, Map<String, Object> details) {
        return new WireError(INVALID_REQUEST, message, details, Optional.empty());
    }

    /** The caller lacks a scope (wire reference 8.1). */
    public static WireError missingScope(String scope) {
        return missingScope(scope, List.of(scope));
    }

    /** The caller lacks one of several scopes (wire reference 8.1). */
    public static WireError missingScope(String scope, List<String> required) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("code", "MISSING_SCOPE");
        details.put("missingScope", scope);
        details.put("requiredScopes", required);
        return new WireError(FORBIDDEN, "missing scope: " + scope, details, Optional.empty());
    }

    /** The gateway cannot answer now, and may be asked again after a while. */
    public static WireError retryLater(String message, Duration delay) {
        return new WireError(UNAVAILABLE, message, Map.of(), Optional.of(delay));
    }

    /** What the caller asked for cannot be had now; whether it may ask again depends on the details. */
    public static WireError unavailable(String message, Map<String, Object> details) {
        return new WireError(UNAVAILABLE, message, details, Optional.empty());
    }

    /** The gateway is broken; {@code incident} is where the log says how. */
    public static WireError broken(String incident) {
        return new WireError(UNAVAILABLE, "gateway error (incident " + incident + ")", Map.of(), Optional.empty());
    }

    /** The caller is connected in a role that does not make such calls (wire reference 8.1). */
    public static WireError unauthorizedRole(Role role) {
        return invalidRequest(UNAUTHORIZED_ROLE + role.wireName());
    }

    /** Whether the caller made a call that is not for its role, which it must not do again and again. */
    public boolean isUnauthorizedRole() {
        return message.startsWith(UNAUTHORIZED_ROLE);
    }

    /** Whether the client may have done nothing wrong: something that it needs cannot be had now. */
    public boolean isUnavailable() {
        return code.equals(UNAVAILABLE);
    }

    /** The same error with one more detail at the end. */
    public WireError withDetail(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new WireError(code, message, more, retryAfter);
    }

    /** The JSON object, its members in the order of the wire reference. */
    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", code);
        json.put("message", message);
        retryAfter.ifPresent(delay -> {
            json.put("retryable", true);
            json.put("retryAfterMs", delay.toMillis());
        });
        if (!details.isEmpty()) {
            json.put("details", details);
        }
        return json;
    }

    static Duration bounded(Duration delay) {
        if (delay.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    }
}
