package dev.gatehouse.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What comes before an admission, from clients that mean no harm. */
interface DoorTests {

    Server server();

    @ParameterizedTest
    @ValueSource(strings = {"/", "/any/path?x=1"})
    default void challenge_onAnyFreePath_comesBeforeTheClientSpeaks(String path) throws IOException {
        try (RawSocket socket = RawSocket.upgrade(server(), path, Map.of())) {
            long start = System.nanoTime();
            JsonNode challenge = Answer.challenge(socket);

            assertThat(challenge.path("nonce").asText()).isNotBlank();
            assertThat(challenge.path("ts").isIntegralNumber()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(750));
        }
    }

    @Test
    default void connect_withoutToken_isRefusedWithTheReasonOnTheWire() throws IOException {
        try (RawSocket socket = RawSocket.upgrade(server())) {
            socket.send(TestDevice.create().connect(Answer.challenge(socket), Map.of(), "cli", "cli"));

            Answer answer = Answer.refusal(socket);

            assertThat(answer.code()).isEqualTo("AUTH_TOKEN_MISSING");
            assertThat(answer.closeCode()).isEqualTo(1008);
            assertThat(answer.closeReason()).startsWith("unauthorized: gateway token missing");
        }
    }

    @Test
    default void connect_unknownDevice_carriesTheRequestIdInDetailsAndReason() throws IOException {
        Answer answer = refusalOf(TestDevice.create());

        assertThat(answer.code()).isEqualTo("PAIRING_REQUIRED");
        assertThat(answer.closeCode()).isEqualTo(1008);
        assertThat(answer.closeReason())
                .isEqualTo("pairing required: device is not approved yet (requestId: %s)", requestId(answer));
    }

    @Test
    default void connect_unknownDeviceAgain_keepsItsRequestId() throws IOException {
        TestDevice device = TestDevice.create();

        assertThat(requestId(refusalOf(device))).isEqualTo(requestId(refusalOf(device)));
    }

    @Test
    default void connect_inFragments_isReadAsOneFrame() throws IOException {
        try (RawSocket socket = RawSocket.upgrade(server())) {
            String connect = TestDevice.create().connect(Answer.challenge(socket), server().gatewayToken());
            int half = connect.length() / 2;

            socket.send(new Frame(false, Frame.TEXT, connect.substring(0, half).getBytes(StandardCharsets.UTF_8)));
            socket.send(
                    new Frame(true, Frame.CONTINUATION, connect.substring(half).getBytes(StandardCharsets.UTF_8)));

            assertThat(Answer.refusal(socket).code()).isEqualTo("PAIRING_REQUIRED");
        }
    }

    @Test
    default void connect_sameFrameOnAnotherConnection_isAReplay() throws IOException {
        String connect;
        try (RawSocket socket = RawSocket.upgrade(server())) {
            connect = TestDevice.create().connect(Answer.challenge(socket), server().gatewayToken());
            socket.send(connect);
            assertThat(Answer.refusal(socket).code()).isEqualTo("PAIRING_REQUIRED");
        }
        try (RawSocket socket = RawSocket.upgrade(server())) {
            Answer.challenge(socket);
            socket.send(connect);

            assertThat(Answer.refusal(socket).code()).isEqualTo("DEVICE_AUTH_NONCE_MISMATCH");
        }
    }

    @ParameterizedTest
    @CsvSource({"https://evil.example", "null"})
    default void connect_fromABrowserPageOfAnotherOrigin_isRefused(String origin) throws IOException {
        try (RawSocket socket = RawSocket.upgrade(server(), "/", Map.of("Origin", origin))) {
            JsonNode challenge = Answer.challenge(socket);
            Map<String, String> auth = Map.of("token", server().gatewayToken());
            socket.send(TestDevice.create().connect(challenge, auth, "openclaw-control-ui", "webchat"));

            Answer answer = Answer.refusal(socket);

            assertThat(answer.code()).isEqualTo("CONTROL_UI_ORIGIN_NOT_ALLOWED");
            assertThat(answer.closeCode()).isEqualTo(1008);
            assertThat(answer.closeReason()).startsWith("origin not allowed");
        }
    }

    private Answer refusalOf(TestDevice device) throws IOException {
        try (RawSocket socket = RawSocket.upgrade(server())) {
            socket.send(device.connect(Answer.challenge(socket), server().gatewayToken()));
            return Answer.refusal(socket);
        }
    }

    private static String requestId(Answer answer) {
        return answer.error().at("/details/requestId").asText();
    }
}
