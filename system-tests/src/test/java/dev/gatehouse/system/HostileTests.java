package dev.gatehouse.system;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What comes before an admission, from clients that do mean harm: a clear answer or a clean close each. */
interface HostileTests {

    /** A frame that nobody can be admitted by. */
    List<String> BAD_FRAMES = List.of(
            "",
            "not json",
            "{\"type\":\"req\",\"id\":",
            "[]",
            "{\"type\":\"req\",\"id\":1,\"method\":\"connect\",\"params\":{}}",
            "{\"type\":\"req\",\"id\":\"1\",\"method\":\"connect\",\"params\":{\"minProtocol\":\"four\"}}",
            "{\"type\":\"req\",\"id\":\"1\",\"method\":\"connect\",\"params\":\"none\"}",
            "{\"type\":\"req\",\"id\":\"1\",\"method\":\"connect\",\"params\":" + "[".repeat(20_000)
                    + "]".repeat(20_000) + "}",
            "{\"a\":".repeat(9_000) + "1" + "}".repeat(9_000));

    /** Larger than a client may send before it is admitted, smaller than what the servers refuse by themselves. */
    int OVERSIZED = 70_000;

    int MANY_HEADERS = 10 * 1024 * 1024;

    Server server();

    /** How many connections at once say nothing. */
    default int silentSockets() {
        return 200;
    }

    @ParameterizedTest
    @FieldSource("BAD_FRAMES")
    default void firstFrame_notAConnect_isAnsweredAndClosed(String text) throws IOException {
        try (RawSocket socket = RawSocket.upgrade(server())) {
            Answer.challenge(socket);
            socket.send(text);

            Answer answer = Answer.refusal(socket);

            assertThat(answer.code()).isNotEmpty();
            assertThat(answer.closeCode()).isEqualTo(1008);
            assertThat(answer.closeReason()).isNotEmpty();
        }
    }

    @Test
    default void firstFrame_tooLarge_isClosedAsTooLarge() throws IOException {
        try (RawSocket socket = RawSocket.upgrade(server())) {
            Answer.challenge(socket);
            socket.send("x".repeat(OVERSIZED));

            assertThat(Answer.refusal(socket).closeCode()).isEqualTo(1009);
        }
    }

    @Test
    default void firstFrame_tooLargeInFragments_isClosedAsTooLarge() throws IOException {
        byte[] half = new byte[OVERSIZED / 2];
        try (RawSocket socket = RawSocket.upgrade(server())) {
            Answer.challenge(socket);
            socket.send(new Frame(false, Frame.TEXT, half));
            socket.send(new Frame(true, Frame.CONTINUATION, half));

            assertThat(Answer.refusal(socket).closeCode()).isEqualTo(1009);
        }
    }

    /** RFC 6455 wants 1002; Tyrus reads such a frame like any other, and the gateway refuses what is in it. */
    @Test
    default void firstFrame_unmasked_isClosed() throws IOException {
        try (RawSocket socket = RawSocket.upgrade(server())) {
            Answer.challenge(socket);
            socket.sendUnmasked(Frame.text("{}"));

            assertThat(Answer.refusal(socket).closeCode()).isIn(1002, 1008);
        }
    }

    @Test
    default void firstFrame_neverCompleted_endsWithTheHandshakeTimeout() throws IOException {
        try (RawSocket socket = RawSocket.upgrade(server())) {
            Answer.challenge(socket);
            socket.sendHalf(Frame.text("x".repeat(1_000)));

            assertThat(Answer.refusal(socket).code()).isEqualTo("HANDSHAKE_TIMEOUT");
        }
    }

    @Test
    default void silentSockets_all_areToldAndClosedAndTheNextIsServed() throws IOException {
        List<RawSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < silentSockets(); i++) {
                sockets.add(RawSocket.upgrade(server()));
            }
            for (RawSocket socket : sockets) {
                Answer.challenge(socket);
                Answer answer = Answer.refusal(socket);
                assertThat(answer.code()).isEqualTo("HANDSHAKE_TIMEOUT");
                assertThat(answer.closeCode()).isEqualTo(1008);
                assertThat(answer.closeReason()).isEqualTo("handshake timeout");
            }
        } finally {
            for (RawSocket socket : sockets) {
                socket.close();
            }
        }
        assertThatNextClientIsServed();
    }

    @Test
    default void upgrade_tenMegabytesOfHeaders_isRefusedByHttpOrCut() throws IOException {
        try (RawSocket socket = RawSocket.connect(server())) {
            assertThat(statusAfterManyHeaders(socket)).matches("|HTTP/1\\.1 4[0-9]{2} (.|\\s)*");
        }
        assertThatNextClientIsServed();
    }

    @Test
    default void httpAnswers_toNonsense_carryNoInternals() {
        Operator operator = Operator.of(server());

        Stream.of(
                        operator.send("GET", "/api/v1/nothing-here"),
                        operator.send("GET", "/no/such/page"),
                        operator.send("PATCH", "/api/v1/devices/" + "0".repeat(64), "{\"label\":"),
                        operator.send("PATCH", "/api/v1/devices/" + "0".repeat(64), "[".repeat(5_000)),
                        operator.send("POST", "/api/v1/pairing-requests/x/approve", "{\"scopes\":\"all\"}"),
                        operator.send("DELETE", "/api/v1/pairing-requests"),
                        new Operator(server(), "wrong").pairingRequests())
                .forEach(answer -> {
                    assertThat(answer.statusCode()).as(answer.uri().getPath()).isBetween(400, 499);
                    Answer.assertCarriesNoInternals(answer.body());
                });
    }

    /** What the server answers, or nothing if it hangs up, while more headers arrive than any request has. */
    private static String statusAfterManyHeaders(RawSocket socket) throws IOException {
        String header = "X-Filler-%d: " + "x".repeat(8_000) + "\r\n";
        try {
            socket.sendText("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n");
            for (int i = 0; i < MANY_HEADERS / 8_000; i++) {
                socket.sendText(header.formatted(i));
            }
            socket.sendText("\r\n");
            socket.flush();
            return socket.readHead();
        } catch (SocketException | EOFException e) {
            return "";
        }
    }

    private void assertThatNextClientIsServed() throws IOException {
        try (RawSocket socket = RawSocket.upgrade(server())) {
            JsonNode challenge = Answer.challenge(socket);
            socket.send(TestDevice.create().connect(challenge, server().gatewayToken()));
            assertThat(Answer.refusal(socket).code()).isEqualTo("PAIRING_REQUIRED");
        }
    }
}
