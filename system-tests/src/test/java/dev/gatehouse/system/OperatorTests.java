package dev.gatehouse.system;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Operators at work: two at once, and what they and their clients leave in the log. */
interface OperatorTests {

    Server server();

    @Test
    default void approval_byTwoOperatorsAtOnce_isGivenOnce() throws IOException {
        String requestId = requestIdOf(TestDevice.create());
        Operator operator = Operator.of(server());

        CompletableFuture<HttpResponse<String>> one = operator.approveAsync(requestId);
        CompletableFuture<HttpResponse<String>> other = operator.approveAsync(requestId);

        assertThat(new int[] {one.join().statusCode(), other.join().statusCode()})
                .containsExactlyInAnyOrder(200, 409);
    }

    @Test
    default void liveSession_deviceRemoved_isClosedWith4001() throws IOException {
        TestDevice device = TestDevice.create();
        Operator operator = Operator.of(server());
        operator.approve(requestIdOf(device));
        try (RawSocket socket = RawSocket.upgrade(server())) {
            socket.send(device.connect(Answer.challenge(socket), server().gatewayToken()));
            Answer.hello(socket);

            operator.removeDevice(device.id());

            Answer answer = Answer.refusal(socket);
            assertThat(answer.closeCode()).isEqualTo(4001);
            assertThat(answer.closeReason()).isEqualTo("device removed");
        }
        assertThat(operator.device(device.id()).statusCode()).isEqualTo(404);
    }

    @Test
    default void refusal_isReadByTheIdThatItsClientWasTold_withWhatLetsItIn() throws IOException {
        String refusalId;
        try (RawSocket socket = RawSocket.upgrade(server())) {
            socket.send(TestDevice.create().connect(Answer.challenge(socket), server().gatewayToken()));
            refusalId = Answer.refusal(socket).error().at("/details/refusalId").asText();
        }

        HttpResponse<String> refusal = Operator.of(server()).send("GET", "/api/v1/refusals/" + refusalId);

        assertThat(refusal.statusCode()).isEqualTo(200);
        assertThat(refusal.body())
                .contains("\"code\":\"PAIRING_REQUIRED\"", "openclaw devices approve ", "\"verdict\":\"veto\"")
                .contains("\"console\":\"http://127.0.0.1:" + server().port() + "/console/#refusals/" + refusalId)
                .doesNotContain(server().gatewayToken());
        assertThat(Operator.of(server()).send("GET", "/api/v1/refusals").body()).contains(refusalId);
    }

    @Test
    default void whoami_tellsWithoutAKey_howTheGatewaySeesTheCaller() {
        HttpResponse<String> told = new Operator(server(), "a-wrong-api-key").send("GET", "/whoami?a=secret");

        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(told.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(told.body())
                .contains("\"peer\":\"127.0.0.1\"", "\"local\":true", "\"credentials\":[\"authorization\"]")
                .doesNotContain("a-wrong-api-key", "secret\"");
    }

    @Test
    default void log_afterAdmissionsAndRefusals_holdsNoSecret() throws IOException {
        TestDevice device = TestDevice.create();
        Operator.of(server()).approve(requestIdOf(device));
        String deviceToken;
        try (RawSocket socket = RawSocket.upgrade(server())) {
            socket.send(device.connect(Answer.challenge(socket), server().gatewayToken()));
            deviceToken = Answer.hello(socket).at("/auth/deviceToken").asText();
        }
        try (RawSocket socket = RawSocket.upgrade(server())) {
            JsonNode challenge = Answer.challenge(socket);
            socket.send(device.connect(challenge, Map.of("deviceToken", deviceToken), "cli", "cli"));
            Answer.hello(socket);
        }
        try (RawSocket socket = RawSocket.upgrade(server())) {
            socket.send(device.connect(Answer.challenge(socket), "a-wrong-shared-token"));
            assertThat(Answer.refusal(socket).code()).isEqualTo("AUTH_TOKEN_MISMATCH");
        }
        new Operator(server(), "a-wrong-api-key").pairingRequests();

        assertThat(deviceToken).isNotEmpty();
        assertThat(server().log())
                .isNotEmpty()
                .doesNotContain(
                        server().gatewayToken(),
                        server().apiKey(),
                        deviceToken,
                        "a-wrong-shared-token",
                        "a-wrong-api-key");
    }

    @Test
    default void events_tellWhatHappens_andGoOnWhereTheClientWas() throws IOException {
        TestDevice device = TestDevice.create();
        Operator operator = Operator.of(server());
        String requestId;
        String heard;
        try (EventStream events = EventStream.open(server(), Optional.empty())) {
            requestId = requestIdOf(device);
            heard = events.idOf("pairing.requested", device.id());
        }

        operator.approve(requestId); // while nobody listens

        try (EventStream events = EventStream.open(server(), Optional.of(heard))) {
            assertThat(Long.parseLong(events.idOf("pairing.approved", device.id())))
                    .isGreaterThan(Long.parseLong(heard));
            operator.removeDevice(device.id());
            events.idOf("device.removed", device.id());
        }
        HttpResponse<String> verified = operator.send("POST", "/api/v1/audit/verify");
        assertThat(verified.body()).contains("\"whole\":true");
        assertThat(operator.send("GET", "/api/v1/audit?deviceId=" + device.id()).body())
                .contains("pairing.requested", "pairing.approved", "device.removed", "\"kind\":\"api-key\"");
    }

    private String requestIdOf(TestDevice device) throws IOException {
        try (RawSocket socket = RawSocket.upgrade(server())) {
            socket.send(device.connect(Answer.challenge(socket), server().gatewayToken()));
            String requestId =
                    Answer.refusal(socket).error().at("/details/requestId").asText();
            assertThat(requestId).isNotEmpty();
            return requestId;
        }
    }
}
