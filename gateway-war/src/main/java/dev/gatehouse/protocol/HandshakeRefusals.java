package dev.gatehouse.protocol;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Every refusal that the gateway makes by itself before the admission chain runs (wire reference 1.4, 1.5 and rows R03
 * to R13).
 *
 * <p>The reference gateway sends most of them without a detail code, and its clients then retry for ever. Here a fault
 * that a retry cannot mend carries {@code PROTOCOL_MISMATCH}, on which every stock client stops, and names the fault in
 * {@code details.reason}.
 */
public final class HandshakeRefusals {

    private static final Duration SLOW_RETRY = Duration.ofSeconds(30);
    private static final Duration SOCKETS_RETRY = Duration.ofSeconds(5);

    private HandshakeRefusals() {}

    /** No connect frame came in time; worth another try. */
    public static Refusal handshakeTimeout() {
        String message = "handshake timeout";
        WireError error = WireError.invalidRequest(message).withDetail("code", "HANDSHAKE_TIMEOUT");
        return new Refusal(error, Refusal.POLICY, message);
    }

    /** A frame before hello is larger than the gateway reads. */
    public static Refusal payloadTooLarge() {
        String message = "preauth payload too large";
        return new Refusal(clientFault(message, "payload-too-large"), Refusal.TOO_LARGE, message);
    }

    /** The client went on sending while its connect frame was being decided. */
    public static Refusal tooManyFrames() {
        return permanent("too many pending handshake frames", "too-many-frames");
    }

    /** The upgrade is answered with HTTP 403, because nobody can tell who it comes from (wire reference 1.2). */
    public static Refusal unattributed(String reason) {
        WireError error = WireError.invalidRequest("Proxy client attribution is required")
                .withDetail("code", "PROXY_ATTRIBUTION_REQUIRED")
                .withDetail("reason", reason);
        return new Refusal(error, Refusal.HTTP_FORBIDDEN, "proxy_attribution_required");
    }

    /** The upgrade is answered with HTTP 503, because too many sockets wait to be admitted (wire reference 1.2). */
    public static Refusal tooManySockets() {
        String message = "Too many unauthenticated sockets";
        WireError error = new WireError(
                WireError.UNAVAILABLE, message, Map.of("code", "TOO_MANY_SOCKETS"), Optional.of(SOCKETS_RETRY));
        return new Refusal(error, Refusal.HTTP_UNAVAILABLE, message);
    }

    static Refusal notJson() {
        return permanent("invalid request frame: not JSON", "not-json");
    }

    static Refusal invalidFrame(Problems problems) {
        WireError error = clientFault("invalid request frame: " + problems, "invalid-frame");
        return new Refusal(error, Refusal.POLICY, "invalid request frame");
    }

    static Refusal connectExpected() {
        return permanent("invalid handshake: first request must be connect", "connect-expected");
    }

    static Refusal invalidParams(Problems problems) {
        return permanent("invalid connect params: " + problems, "invalid-params");
    }

    static Refusal workerNotSupported() {
        WireError error = clientFault("worker clients are not supported", "worker-not-supported");
        return new Refusal(error, Refusal.POLICY, "invalid-handshake");
    }

    static Refusal protocolMismatch(ConnectFrame frame) {
        String message = "protocol mismatch";
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("code", StockCodes.PROTOCOL_MISMATCH);
        details.put("clientMinProtocol", frame.minProtocol());
        details.put("clientMaxProtocol", frame.maxProtocol());
        details.put("expectedProtocol", Preconditions.PROTOCOL);
        details.put("minimumProbeProtocol", Preconditions.OLDEST_PROTOCOL);
        WireError error = new WireError(WireError.INVALID_REQUEST, message, details, Optional.empty());
        return new Refusal(error, Refusal.PROTOCOL_ERROR, message);
    }

    static Refusal invalidRole() {
        return permanent("invalid role", "invalid-role");
    }

    static Refusal copilotIncapable() {
        return permanent(
                "browser copilot requires ui mode with run-tool-bindings and session-scoped-events capabilities",
                "copilot-incapable");
    }

    /** Clients retry this code for ever, so it asks them to do it slowly. */
    static Refusal copilotOrigin() {
        String message = "browser copilot requires a canonical Chrome extension origin";
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("code", StockCodes.CONTROL_UI_ORIGIN_NOT_ALLOWED);
        details.put("reason", "invalid browser copilot origin");
        WireError error = new WireError(WireError.INVALID_REQUEST, message, details, Optional.of(SLOW_RETRY));
        return new Refusal(error, Refusal.POLICY, message);
    }

    private static Refusal permanent(String message, String reason) {
        return new Refusal(clientFault(message, reason), Refusal.POLICY, message);
    }

    private static WireError clientFault(String message, String reason) {
        return WireError.invalidRequest(message)
                .withDetail("code", StockCodes.PROTOCOL_MISMATCH)
                .withDetail("reason", reason);
    }
}
