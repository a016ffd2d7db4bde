package dev.gatehouse.bench.client;

import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A frame of the gateway, read for the few members that a handshake needs. */
final class ServerMessage {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode json;

    private ServerMessage(JsonNode json) {
        this.json = json;
    }

    static ServerMessage parse(String text) throws HandshakeFailed {
        try {
            return new ServerMessage(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new HandshakeFailed("frame that is not JSON");
        }
    }

    Challenge challenge() throws HandshakeFailed {
        JsonNode payload = json.path("payload");
        if (!json.path("event").asText().equals("connect.challenge") || !payload.hasNonNull("nonce")) {
            throw new HandshakeFailed("first frame is no challenge");
        }
        return new Challenge(payload.path("nonce").asText(), payload.path("ts").asLong());
    }

    boolean isResponse() {
        return json.path("type").asText().equals("res");
    }

    boolean isHello() {
        return json.path("ok").asBoolean()
                && json.path("payload").path("type").asText().equals("hello-ok");
    }

    Answer.Admitted admitted() {
        return new Answer.Admitted(text(json.path("payload").path("auth").path("deviceToken")));
    }

    Answer.Refused refused(int closeCode) {
        JsonNode error = json.path("error");
        JsonNode details = error.path("details");
        String code = text(details.path("code")).orElse(error.path("code").asText());
        return new Answer.Refused(code, error.path("message").asText(), text(details.path("requestId")), closeCode);
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
    }
}
