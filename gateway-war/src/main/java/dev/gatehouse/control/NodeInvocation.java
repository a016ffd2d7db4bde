package dev.gatehouse.control;

import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.protocol.Members;

/**
 * What a caller wants a node to do (wire reference 8.3).
 *
 * @param nodeId the node
 * @param command what it is to do
 * @param params with what; empty for nothing
 * @param timeout how long the caller waits; at most {@link #LONGEST}
 * @param idempotencyKey names the wish, so that asking twice does it once
 * @param sessionKey what the node is to count it to
 */
record NodeInvocation(
        String nodeId,
        String command,
        Optional<JsonNode> params,
        Duration timeout,
        String idempotencyKey,
        Optional<String> sessionKey) {

    static final Duration USUAL = Duration.ofSeconds(30);
    static final Duration LONGEST = Duration.ofMinutes(10);

    private static final int NAME_MAX = 256;
    private static final int KEY_MAX = 512;
    private static final long SAFE_INTEGER_MAX = (1L << 53) - 1;

    static NodeInvocation read(Members params) {
        params.optionalText("turnSourceChannel", 0, KEY_MAX);
        params.optionalText("turnSourceTo", 0, KEY_MAX);
        params.optionalText("turnSourceAccountId", 0, KEY_MAX);
        params.any("turnSourceThreadId");
        return new NodeInvocation(
                params.text("nodeId", NAME_MAX),
                params.text("command", NAME_MAX).strip(),
                params.any("params"),
                timeout(params.optionalInteger("timeoutMs", 0, SAFE_INTEGER_MAX)),
                params.text("idempotencyKey", NAME_MAX),
                params.optionalText("sessionKey", 1, KEY_MAX));
    }

    /** The same with other parameters. */
    NodeInvocation with(Optional<JsonNode> other) {
        return new NodeInvocation(nodeId, command, other, timeout, idempotencyKey, sessionKey);
    }

    /** Whether two wishes of one key are the same; how long one waits for them does not matter. */
    boolean isSameAs(NodeInvocation other) {
        return nodeId.equals(other.nodeId)
                && command.equals(other.command)
                && params.equals(other.params)
                && sessionKey.equals(other.sessionKey);
    }

    /** Nobody waits for ever: who asks for that, or for too long, waits for the longest. */
    private static Duration timeout(Optional<Long> millis) {
        if (millis.isEmpty()) {
            return USUAL;
        }
        long asked = millis.get();
        return asked == 0 || asked > LONGEST.toMillis() ? LONGEST : Duration.ofMillis(asked);
    }
}
