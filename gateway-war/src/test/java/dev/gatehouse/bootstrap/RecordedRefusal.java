package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import jakarta.websocket.CloseReason;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A refusal as it was recorded from the reference gateway (wire reference, appendix E).
 *
 * @param row the row of the rejection table
 * @param name the case within the row
 * @param error the error of the frame
 * @param closeCode the code of the close
 * @param closeReason the reason of the close
 */
record RecordedRefusal(String row, String name, ObjectNode error, int closeCode, String closeReason) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String RESOURCE = "/dev/gatehouse/protocol/refusals.jsonl";
    private static final String DETAILS = "details";
    private static final String REQUEST_ID = "requestId";

    /** What this gateway adds, so that clients come back at the right time. */
    private static final Set<String> RETRY = Set.of("retryable", "retryAfterMs");

    /** What this gateway adds while an approval is awaited, so that clients do not stop for ever. */
    private static final Set<String> WAITING =
            Set.of("approvalCode", "recommendedNextStep", "retryable", "pauseReconnect", "retryAfterMs");

    /** What this gateway adds where the reference gateway names no reason at all. */
    private static final Set<String> NAMED = Set.of("code", "reason");

    /** The first refusal of a row whose case begins like this. */
    static RecordedRefusal of(String row, String start) {
        return all().stream()
                .filter(refusal -> refusal.row().equals(row) && refusal.name().startsWith(start))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no recorded refusal " + row + " '" + start + "'"));
    }

    /** Every refusal of the reference gateway that comes with an error frame, in its order. */
    static List<RecordedRefusal> all() {
        try (InputStream lines = RecordedRefusal.class.getResourceAsStream(RESOURCE)) {
            String text = new String(Objects.requireNonNull(lines).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .map(RecordedRefusal::parse)
                    .filter(json -> json.path("error").isObject())
                    .map(RecordedRefusal::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the answer on a connection, and compares it with this refusal but for the ids. */
    void assertToldTo(Peer peer, Caller caller) {
        JsonNode told = peer.error();
        JsonNode details = told.path(DETAILS);
        ObjectNode expected = error.deepCopy();
        String expectedReason = closeReason;
        if (expected.path(DETAILS).has(REQUEST_ID)) {
            String requestId = details.path(REQUEST_ID).asText();
            assertThat(requestId).matches("[A-Za-z0-9][A-Za-z0-9-]{7,35}");
            expected.withObject(DETAILS)
                    .put(REQUEST_ID, requestId)
                    .put("deviceId", caller.device().orElseThrow().id());
            expectedReason = error.path("message").asText() + " (requestId: " + requestId + ")";
        }
        assertContains(told, expected, RETRY);
        assertContains(details, expected.path(DETAILS), extraDetails());
        assertThat(peer.close())
                .extracting(close -> close.getCloseCode().getCode(), CloseReason::getReasonPhrase)
                .containsExactly(closeCode, expectedReason);
    }

    private Set<String> extraDetails() {
        Set<String> extra = new HashSet<>(Set.of("refusalId"));
        if (!error.has(DETAILS)) {
            extra.addAll(NAMED);
        }
        if (error.at("/details/code").asText().equals("PAIRING_REQUIRED")) {
            extra.addAll(WAITING);
        }
        return extra;
    }

    private static void assertContains(JsonNode told, JsonNode expected, Set<String> extra) {
        ObjectNode rest = told.isObject() ? told.deepCopy() : JsonNodeFactory.instance.objectNode();
        expected.properties().stream()
                .filter(member -> !member.getKey().equals(DETAILS))
                .forEach(member -> assertThat(rest.remove(member.getKey()))
                        .as(member.getKey())
                        .isEqualTo(member.getValue()));
        rest.remove(DETAILS);
        assertThat(extra).as("may be told besides").containsAll(rest::fieldNames);
    }

    private static RecordedRefusal of(JsonNode json) {
        return new RecordedRefusal(
                json.path("row").asText(),
                json.path("case").asText(),
                (ObjectNode) json.path("error"),
                json.at("/close/code").asInt(),
                json.at("/close/reason").asText());
    }

    private static JsonNode parse(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return row + " " + name;
    }
}
