package dev.gatehouse.control;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.gatehouse.protocol.Frames;
import dev.gatehouse.protocol.Members;
import dev.gatehouse.protocol.WireError;

/**
 * What a node says that became of a command (wire reference 8.3).
 *
 * @param id the invocation that it answers
 * @param nodeId the node, as it says
 * @param isOk whether the command was carried out
 * @param payload what it yielded, as a value
 * @param payloadJson what it yielded, as text
 * @param code the code of what went wrong
 * @param message what went wrong
 */
record NodeResult(
        String id,
        String nodeId,
        boolean isOk,
        Optional<JsonNode> payload,
        Optional<String> payloadJson,
        Optional<String> code,
        Optional<String> message) {

    private static final int NAME_MAX = 256;
    private static final int MESSAGE_MAX = 4096;
    private static final String NO_MESSAGE = "node invoke failed";

    /** Nodes send {@code null} for what there is not, and a value where text belongs. */
    static NodeResult read(Members params) {
        Optional<JsonNode> json = params.any("payloadJSON");
        Optional<Members> error = params.any("error").flatMap(said -> params.optionalObject("error"));
        NodeResult result = new NodeResult(
                params.text("id", NAME_MAX),
                params.text("nodeId", NAME_MAX),
                params.truth("ok"),
                params.any("payload").or(() -> json.filter(value -> !value.isTextual())),
                json.filter(JsonNode::isTextual).map(JsonNode::textValue),
                error.flatMap(said -> said.optionalText("code", 0, NAME_MAX)).filter(code -> !code.isBlank()),
                error.flatMap(said -> said.optionalText("message", 0, MESSAGE_MAX)));
        error.ifPresent(Members::close);
        return result;
    }

    /** About how much memory the answer takes, in characters. */
    long size() {
        return payloadJson.map(String::length).orElse(0) * 2L
                + payload.map(JsonNode::toString).map(String::length).orElse(0);
    }

    /** What the caller is told. */
    Answer answer(NodeInvocation asked) {
        if (!isOk) {
            return new Answer.Failure(failure());
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ok", true);
        answer.put("nodeId", asked.nodeId());
        answer.put("command", asked.command());
        payload().ifPresent(value -> answer.put("payload", value));
        payloadJson.ifPresent(text -> answer.put("payload", parsed(text)));
        answer.put("payloadJSON", payloadJson.<Object>map(text -> text).orElse(NullNode.getInstance()));
        return new Answer.Payload(answer);
    }

    private static Object parsed(String text) {
        return Frames.written(text).orElseGet(() -> Map.of("payloadJSON", text));
    }

    private WireError failure() {
        String text = message.map(String::strip).filter(said -> !said.isEmpty()).orElse(NO_MESSAGE);
        return NodeErrors.ofNode(code, text);
    }
}
