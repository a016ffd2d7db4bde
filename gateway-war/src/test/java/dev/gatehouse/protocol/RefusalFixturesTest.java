package dev.gatehouse.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;
import dev.gatehouse.spi.VetoReason.Retry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every refusal that was recorded from the reference gateway comes out the same, or with more advice. */
class RefusalFixturesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> RETRY = Set.of("retryable", "retryAfterMs");
    private static final Set<String> WAITING =
            Set.of("recommendedNextStep", "retryable", "pauseReconnect", "retryAfterMs");

    /** What the gateway answers before it asks any check. */
    private static final Set<String> HANDSHAKE = Set.of("R03", "R04", "R10", "R11", "R12", "R13");

    /** Not a veto: starting, draining, an outage, or a case that this gateway does not have. */
    private static final Set<String> NO_VETO = Set.of("R01", "R02", "R68", "R69", "R70", "R71", "R72", "R73", "R75");

    record Fixture(String row, String name, JsonNode error, int closeCode, String closeReason) {

        Fixture withRequestId(String requestId) {
            ObjectNode changed = error.deepCopy();
            changed.withObject("/details").put("requestId", requestId);
            String whole = changed.get("message").asText() + " (requestId: " + requestId + ")";
            return new Fixture(row, name, changed, closeCode, whole);
        }

        @Override
        public String toString() {
            return row + " " + name;
        }
    }

    @ParameterizedTest
    @MethodSource
    void veto_isRendered_asRecorded(Fixture fixture) {
        assertRendered(Refusal.of(reason(fixture)), fixture);
    }

    static Stream<Fixture> veto_isRendered_asRecorded() {
        return fixtures()
                .filter(fixture -> !HANDSHAKE.contains(fixture.row()))
                .filter(fixture -> !NO_VETO.contains(fixture.row()));
    }

    @ParameterizedTest
    @MethodSource
    void shortRequestId_isWhole_inTheCloseReason(Fixture fixture) {
        assertRendered(Refusal.of(reason(fixture)), fixture);
    }

    static Stream<Fixture> shortRequestId_isWhole_inTheCloseReason() {
        return fixtures()
                .filter(fixture ->
                        fixture.row().startsWith("R6") && fixture.error().has("details"))
                .filter(fixture -> fixture.error().get("details").has("requestId"))
                .map(fixture -> fixture.withRequestId("K7QF-29XD-41MB"));
    }

    @ParameterizedTest
    @MethodSource
    void handshake_isRefused_asRecorded(Fixture fixture) {
        assertRendered(handshakeRefusal(fixture.row()), fixture);
    }

    static Stream<Fixture> handshake_isRefused_asRecorded() {
        return fixtures().filter(fixture -> HANDSHAKE.contains(fixture.row()));
    }

    private static Refusal handshakeRefusal(String row) {
        ObjectNode frame = ConnectJson.minimal();
        ObjectNode params = frame.withObject("/params");
        switch (row) {
            case "R03" -> frame.put("method", "health");
            case "R04" -> params.remove("minProtocol");
            case "R10" -> params.put("minProtocol", 5).put("maxProtocol", 6);
            case "R11" -> params.put("role", "guest");
            case "R12" -> params.withObject("client").put("id", "openclaw-browser-copilot");
            case "R13" -> {
                params.withObject("client")
                        .put("id", "openclaw-browser-copilot")
                        .put("mode", "ui");
                params.withArray("caps").add("run-tool-bindings").add("session-scoped-events");
            }
            default -> throw new IllegalArgumentException(row);
        }
        FirstFrame first = ConnectFrame.parse(frame.toString());
        return first instanceof ConnectFrame connect
                ? Preconditions.check(connect, Optional.empty()).orElseThrow()
                : ((Malformed) first).refusal();
    }

    /** The reason as a check would give it: without what the gateway adds. */
    private static VetoReason reason(Fixture fixture) {
        JsonNode error = fixture.error();
        Map<String, Object> details = new LinkedHashMap<>();
        error.path("details")
                .properties()
                .forEach(member -> details.put(
                        member.getKey(), Objects.requireNonNull(MAPPER.convertValue(member.getValue(), Object.class))));
        Object code = details.remove("code");
        Retry retry = Retry.never();
        if (error.has("retryAfterMs")) {
            retry = Retry.after(Duration.ofMillis(error.get("retryAfterMs").asLong()));
        } else if (details.containsKey("pauseReconnect")) {
            retry = Retry.afterApproval(Duration.ofSeconds(5));
            details.keySet().removeAll(WAITING);
        }
        return new VetoReason(
                code == null ? "OWN_REASON" : code.toString(),
                error.get("message").asText(),
                Effect.AWAIT_APPROVAL,
                details,
                retry,
                List.of());
    }

    private static void assertRendered(Refusal refusal, Fixture fixture) {
        JsonNode error = ConnectJson.parse(Frames.error("1", refusal.error())).get("error");
        JsonNode details = error.path("details");
        boolean isPairing = details.path("code").asText().equals("PAIRING_REQUIRED");

        if (fixture.error().has("details")) {
            assertContains(error, fixture.error(), RETRY);
            assertContains(details, fixture.error().get("details"), isPairing ? WAITING : Set.of());
        } else {
            assertContains(error, fixture.error(), Set.of("details"));
            assertThat(details.properties()).extracting(Map.Entry::getKey).containsExactly("code", "reason");
        }
        assertThat(refusal.closeCode()).isEqualTo(fixture.closeCode());
        assertThat(refusal.closeReason()).isEqualTo(fixture.closeReason());
    }

    private static void assertContains(JsonNode actual, JsonNode recorded, Set<String> extra) {
        recorded.properties().stream()
                .filter(member -> !member.getKey().equals("details"))
                .forEach(member -> assertThat(actual.get(member.getKey()))
                        .as(member.getKey())
                        .isEqualTo(member.getValue()));
        actual.fieldNames()
                .forEachRemaining(name -> assertThat(recorded.has(name) || extra.contains(name))
                        .as("may be sent: %s", name)
                        .isTrue());
    }

    private static Stream<Fixture> fixtures() {
        try (InputStream lines = RefusalFixturesTest.class.getResourceAsStream("refusals.jsonl")) {
            String text = new String(Objects.requireNonNull(lines).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().map(RefusalFixturesTest::fixture).toList().stream();
        } catch (IOException e) {
            throw new AssertionError("the fixtures cannot be read", e);
        }
    }

    private static Fixture fixture(String line) {
        JsonNode json = ConnectJson.parse(line);
        return new Fixture(
                json.get("row").asText(),
                json.path("case").asText(),
                json.get("error"),
                json.at("/close/code").asInt(),
                json.at("/close/reason").asText());
    }
}
