package dev.gatehouse.control;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;

/**
 * One command that a node was asked to carry out.
 *
 * @param id names it to the node
 * @param key what the caller calls it
 * @param asked what was asked
 * @param node the connection that is asked; no other may answer
 * @param answer what it comes to
 * @param timeOut ends it when the node does not answer
 */
record Invocation(
        String id, Key key, NodeInvocation asked, LiveNode node, CompletableFuture<Answer> answer, Future<?> timeOut) {

    /**
     * What a wish is known by. Whoever knows the gateway's secret and has no device is the same to the gateway, however
     * often he connects.
     *
     * @param caller who wishes: a device, or whoever runs the gateway
     * @param idempotencyKey what he calls it
     */
    record Key(String caller, String idempotencyKey) {

        private static final String OWNER = "";

        static Key of(Caller caller, NodeInvocation asked) {
            return new Key(caller.deviceId().orElse(OWNER), asked.idempotencyKey());
        }
    }

    boolean isOver(String connectionId) {
        return node.connectionId().equals(connectionId);
    }

    /** What the node is told. */
    String request() {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("id", id);
        request.put("nodeId", node.nodeId());
        request.put("command", asked.command());
        request.put("paramsJSON", asked.params().<Object>map(JsonNode::toString).orElse(NullNode.getInstance()));
        request.put("timeoutMs", asked.timeout().toMillis());
        request.put("idempotencyKey", asked.idempotencyKey());
        asked.sessionKey().ifPresent(key -> request.put("sessionKey", key));
        return Event.invocationFrame(request);
    }

    /** What the node is told when nobody waits any more. */
    String cancellation() {
        Map<String, Object> cancelled = new LinkedHashMap<>();
        cancelled.put("invokeId", id);
        cancelled.put("nodeId", node.nodeId());
        return Event.cancellationFrame(cancelled);
    }
}
