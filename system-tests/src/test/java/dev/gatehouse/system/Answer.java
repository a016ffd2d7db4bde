package dev.gatehouse.system;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the gateway ended a connection: the error frame, and the close frame after it.
 *
 * @param error the error member of the answer
 * @param closeCode the code on the wire
 * @param closeReason the reason on the wire
 */
record Answer(JsonNode error, int closeCode, String closeReason) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads the nonce of the challenge, which is the first thing on every connection. */
    static JsonNode challenge(RawSocket socket) throws IOException {
        JsonNode event = JSON.readTree(socket.read().text());
        assertThat(event.path("event").asText()).isEqualTo("connect.challenge");
        return event.path("payload");
    }

    /** Reads the answer to a connect frame that was admitted. */
    static JsonNode hello(RawSocket socket) throws IOException {
        Frame frame = socket.read();
        JsonNode answer = JSON.readTree(frame.text());
        assertThat(answer.path("ok").asBoolean()).as(frame.text()).isTrue();
        return answer.path("payload");
    }

    /** Reads up to the close frame; the last text before it is the error. */
    static Answer refusal(RawSocket socket) throws IOException {
        JsonNode error = JSON.missingNode();
        Frame frame = socket.read();
        while (frame.opcode() != Frame.CLOSE) {
            assertCarriesNoInternals(frame.text());
            error = JSON.readTree(frame.text()).path("error");
            frame = socket.read();
        }
        assertCarriesNoInternals(frame.closeReason());
        return new Answer(error, frame.closeCode(), frame.closeReason());
    }

    /** Reads up to the close frame, whatever comes before it. */
    static Frame close(RawSocket socket) throws IOException {
        Frame frame = socket.read();
        while (frame.opcode() != Frame.CLOSE) {
            frame = socket.read();
        }
        return frame;
    }

    String code() {
        return error.path("details").path("code").asText();
    }

    /** A stack trace or the name of a class is nobody's business outside. */
    static void assertCarriesNoInternals(String text) {
        assertThat(text)
                .doesNotContain("Exception", "\tat ", "java.lang", "dev.gatehouse", "org.glassfish", "io.undertow");
    }
}
