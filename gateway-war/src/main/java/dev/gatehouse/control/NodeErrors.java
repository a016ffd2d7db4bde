package dev.gatehouse.control;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.protocol.WireError;

/** Says why a node did not do what it was asked to, in the words that clients know (wire reference 8.3). */
final class NodeErrors {

    private static final String NOT_CONNECTED = "NOT_CONNECTED";
    private static final String PAIRING_CHANGED = "PAIRING_CHANGED";
    private static final String DISPATCHED = "nodeCommandDispatched";
    private static final String CODE = "code";
    private static final Duration SOON = Duration.ofSeconds(1);

    private NodeErrors() {}

    /** Nothing of the node is approved any more, or nobody knows it. */
    static WireError pairingChanged() {
        return WireError.retryLater("node pairing changed while invocation was active", SOON)
                .withDetail(CODE, PAIRING_CHANGED);
    }

    /** Nothing of a node that is there is approved yet: the same code, but the operator reads what to do about it. */
    static WireError notApproved() {
        return WireError.retryLater(
                        "no command of this node is approved; run `openclaw nodes pending`, then `openclaw nodes approve"
                                + " <requestId>`",
                        SOON)
                .withDetail(CODE, PAIRING_CHANGED);
    }

    static WireError notConnected() {
        return of("node not connected", NOT_CONNECTED, "node not connected", false);
    }

    static WireError goneMeanwhile() {
        String message = "node disconnected while it was invoked";
        return of(NOT_CONNECTED + ": " + message, NOT_CONNECTED, message, true);
    }

    static WireError timedOut() {
        String message = "node invoke timed out";
        return WireError.unavailable("TIMEOUT: " + message, details("TIMEOUT", message, true));
    }

    static WireError ofNode(Optional<String> code, String message) {
        Map<String, Object> nodeError = new LinkedHashMap<>();
        code.ifPresent(text -> nodeError.put(CODE, text));
        nodeError.put("message", message);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("nodeError", nodeError);
        details.put(DISPATCHED, true);
        return WireError.unavailable(code.map(text -> text + ": ").orElse("") + message, details);
    }

    /** Too much is asked of one node, or of all. */
    static WireError tooMany() {
        return WireError.retryLater("too many node commands are under way", SOON)
                .withDetail(DISPATCHED, false);
    }

    static WireError keyOfAnotherCall() {
        return WireError.invalidRequest("idempotencyKey was used for another node.invoke");
    }

    static WireError answerForgotten() {
        return WireError.unavailable(
                "this node.invoke was carried out; its answer is no longer kept", Map.of(DISPATCHED, true));
    }

    /** The node may not be asked to do this; {@code reason} is the code of it. */
    static WireError notAllowed(String command, String reason, String text) {
        return WireError.invalidRequest("node command not allowed: " + text)
                .withDetail("reason", reason)
                .withDetail("command", command);
    }

    private static WireError of(String text, String code, String message, boolean isDispatched) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put(CODE, code);
        details.putAll(details(code, message, isDispatched));
        return WireError.unavailable(text, details);
    }

    private static Map<String, Object> details(String code, String message, boolean isDispatched) {
        Map<String, Object> nodeError = new LinkedHashMap<>();
        nodeError.put(CODE, code);
        nodeError.put("message", message);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("nodeError", nodeError);
        details.put(DISPATCHED, isDispatched);
        return details;
    }
}
