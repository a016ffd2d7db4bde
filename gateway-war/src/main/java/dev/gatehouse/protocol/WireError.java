package dev.gatehouse.protocol;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    public WireError {
        details = Collections.unmodifiableMap(JsonValues.object(details));
        retryAfter = retryAfter.map(WireError::bounded);
    }

    /** An error without details, of a request that the client should not have made. */
    static WireError invalidRequest(String message) {
        return new WireError(INVALID_REQUEST, message, Map.of(), Optional.empty());
    }

    /** The same error with one more detail at the end. */
    WireError withDetail(String name, Object value) {
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
