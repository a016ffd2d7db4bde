package dev.gatehouse.control;

import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.protocol.WireError;

/**
 * What of the parameters of {@code system.run} is passed on. A node asks its own people before it runs something, unless
 * the gateway says that somebody approved it; so nobody may say that in the gateway's name.
 */
final class SystemRun {

    private static final Set<String> PASSED_ON = Set.of(
            "command",
            "rawCommand",
            "systemRunPlan",
            "cwd",
            "env",
            "timeoutMs",
            "needsScreenRecording",
            "agentId",
            "sessionKey",
            "runId",
            "suppressNotifyOnExit");

    private static final Set<String> DECISIONS = Set.of("allow-once", "allow-always");

    private SystemRun() {}

    /** Why this cannot be passed on: it says that it was approved, and here nothing approves commands. */
    static Optional<WireError> objection(Optional<JsonNode> params) {
        return params.filter(SystemRun::saysApproved)
                .map(said -> WireError.invalidRequest("exec approvals unavailable")
                        .withDetail("code", "APPROVALS_UNAVAILABLE"));
    }

    /** Only what a command needs. */
    static Optional<JsonNode> passedOn(Optional<JsonNode> params) {
        return params.map(said -> {
            if (!(said instanceof ObjectNode object)) {
                return said;
            }
            ObjectNode kept = object.objectNode();
            object.properties().stream()
                    .filter(member -> PASSED_ON.contains(member.getKey()))
                    .forEach(member -> kept.set(member.getKey(), member.getValue()));
            return kept;
        });
    }

    private static boolean saysApproved(JsonNode said) {
        return said.path("approved").booleanValue()
                || DECISIONS.contains(said.path("approvalDecision").asText())
                || said.hasNonNull("approvalSource");
    }
}
