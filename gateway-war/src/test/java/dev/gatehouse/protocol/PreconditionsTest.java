package dev.gatehouse.protocol;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PreconditionsTest {

    private static final Optional<String> NO_ORIGIN = Optional.empty();
    private static final Optional<String> EXTENSION =
            Optional.of("chrome-extension://abcdefghijklmnopabcdefghijklmnop");

    @ParameterizedTest
    @CsvSource({
        "4, 4, cli,   operator, true",
        "1, 9, cli,   operator, true",
        "3, 3, cli,   operator, false",
        "5, 6, cli,   operator, false",
        "3, 3, probe, operator, true",
        "1, 2, probe, operator, false",
        "5, 5, probe, operator, false",
        "3, 3, node,  node,     true",
        "2, 3, node,  node,     true",
        "3, 3, node,  operator, false",
        "3, 3, cli,   node,     false",
        "1, 2, node,  node,     false",
        "5, 5, node,  node,     false",
        "4, 3, node,  node,     false",
        "4, 3, probe, operator, true",
    })
    void protocolWindow_isChecked(int min, int max, String mode, String role, boolean accepted) {
        ObjectNode json = client("cli", mode);
        json.withObject("/params")
                .put("minProtocol", min)
                .put("maxProtocol", max)
                .put("role", role);

        Optional<Refusal> refusal = Preconditions.check(ConnectJson.frame(json), NO_ORIGIN);

        assertThat(refusal.isEmpty()).isEqualTo(accepted);
        refusal.ifPresent(told -> assertThat(told.closeCode()).isEqualTo(1002));
    }

    @Test
    void protocolMismatch_isTold_beforeTheRole() {
        ObjectNode json = client("cli", "cli");
        json.withObject("/params").put("maxProtocol", 9).put("minProtocol", 9).put("role", "guest");

        assertThat(message(json, NO_ORIGIN)).contains("protocol mismatch");
    }

    @Test
    void unknownRole_isRefused() {
        ObjectNode json = client("cli", "cli");
        json.withObject("/params").put("role", "Operator");

        Refusal refusal =
                Preconditions.check(ConnectJson.frame(json), NO_ORIGIN).orElseThrow();

        assertThat(refusal.error().message()).isEqualTo("invalid role");
        assertThat(refusal.error().details()).hasToString("{code=PROTOCOL_MISMATCH, reason=invalid-role}");
        assertThat(refusal.closeReason()).isEqualTo("invalid role");
    }

    @Test
    void copilot_needsModeAndCapabilities() {
        String told = "browser copilot requires ui mode with run-tool-bindings and session-scoped-events capabilities";

        assertThat(message(copilot("webchat", "run-tool-bindings", "session-scoped-events"), EXTENSION))
                .contains(told);
        assertThat(message(copilot("ui", "run-tool-bindings"), EXTENSION)).contains(told);
        assertThat(message(copilot("ui", "session-scoped-events"), EXTENSION)).contains(told);
    }

    @Test
    void copilot_needsTheOriginOfAnExtension() {
        ObjectNode capable = copilot("ui", "run-tool-bindings", "other", "session-scoped-events");
        String told = "browser copilot requires a canonical Chrome extension origin";

        assertThat(message(capable, EXTENSION)).isEmpty();
        assertThat(message(capable, NO_ORIGIN)).contains(told);
        assertThat(message(capable, Optional.of(EXTENSION.get() + "/"))).contains(told);
        assertThat(message(capable, Optional.of("https://abcdefghijklmnopabcdefghijklmnop")))
                .contains(told);
        assertThat(message(capable, Optional.of("chrome-extension://qbcdefghijklmnopabcdefghijklmnop")))
                .contains(told);
    }

    private static Optional<String> message(ObjectNode json, Optional<String> origin) {
        return Preconditions.check(ConnectJson.frame(json), origin)
                .map(refusal -> refusal.error().message());
    }

    private static ObjectNode client(String id, String mode) {
        ObjectNode json = ConnectJson.minimal();
        json.withObject("/params/client").put("id", id).put("mode", mode);
        return json;
    }

    private static ObjectNode copilot(String mode, String... capabilities) {
        ObjectNode json = client("openclaw-browser-copilot", mode);
        for (String capability : capabilities) {
            json.withObject("/params").withArray("caps").add(capability);
        }
        return json;
    }
}
