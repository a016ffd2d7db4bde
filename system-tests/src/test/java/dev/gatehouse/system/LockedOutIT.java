package dev.gatehouse.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * People who are locked out, and come in by nothing but what their refusal says: the test knows no command, line or
 * address that it did not read there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LockedOutIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern TUNNEL = Pattern.compile("ssh -N -L ([0-9]+):127\\.0\\.0\\.1:([0-9]+) \\S+");

    private EmbeddedServer server;
    private Operator operator;

    @BeforeAll
    void start() {
        server = EmbeddedServer.start();
        operator = Operator.of(server);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void pairingRequired_isApprovedByTheCommandOfTheRefusal() throws Exception {
        TestDevice device = TestDevice.create();
        Answer refused = cli(device, server.gatewayToken());
        assertThat(refused.closeReason()).startsWith("pairing required: device is not approved yet (requestId: ");

        shell(copy(refused, "or over REST"));

        assertAdmitted(device, server.gatewayToken());
    }

    @Test
    void tokenMismatch_isCuredByTheSecretThatTheRefusalPointsTo() throws Exception {
        TestDevice device = approved();
        Answer refused = cli(device, "a-wrong-shared-token");
        assertThat(refused.closeReason()).startsWith("unauthorized: gateway token mismatch");

        String secret = shell(copy(refused, "the shared token is on the gateway's machine"));

        assertAdmitted(device, secret.strip());
    }

    @Test
    void pageOverPlainHttp_isLetInThroughTheTunnelOfTheRefusal() throws Exception {
        TestDevice device = TestDevice.create();
        String host = "gateway.example:" + server.port();
        Answer refused = controlUi(device, host, "http://" + host);
        assertThat(refused.closeReason()).startsWith("control ui requires HTTPS or localhost");

        Matcher ports = TUNNEL.matcher(copy(refused, "open a tunnel"));

        assertThat(ports.matches()).isTrue();
        assertThat(ports.group(2)).isEqualTo(Integer.toString(server.port()));
        // What comes out of the tunnel: from loopback, under the name by which the page was opened.
        String localhost = "localhost:" + ports.group(1);
        Answer asks = controlUi(device, localhost, "http://" + localhost);
        assertThat(asks.code()).isEqualTo("PAIRING_REQUIRED");
        shell(copy(asks, "or over REST"));
        try (RawSocket socket = page(localhost, "http://" + localhost)) {
            socket.send(device.connect(Answer.challenge(socket), token(), "openclaw-control-ui", "webchat"));
            Answer.hello(socket);
        }
    }

    @Test
    void origin_isAllowedByTheLineOfTheRefusal() throws Exception {
        TestDevice device = TestDevice.create();
        String host = "127.0.0.1:" + server.port();
        Answer refused = controlUi(device, host, "https://panel.example:8443");
        assertThat(refused.closeReason()).startsWith("origin not allowed");

        String line = copy(refused, "allow this origin as well");
        Files.writeString(server.home().resolve("gatehouse.yaml"), "checks:\n  origin:\n    " + line + "\n");

        assertThat(Await.until(
                        PATIENCE,
                        () -> unchecked(() -> controlUi(device, host, "https://panel.example:8443"))
                                .code()
                                .equals("PAIRING_REQUIRED")))
                .isTrue();
    }

    @Test
    void bannedDevice_comesBackByTheCommandOfTheRefusal() throws Exception {
        TestDevice device = approved();
        operator.send("POST", "/api/v1/bans", "{\"deviceId\": \"" + device.id() + "\", \"reason\": \"guesses\"}");
        Answer refused = cli(device, server.gatewayToken());
        assertThat(refused.code()).isEqualTo("AUTH_RATE_LIMITED");

        shell(copy(refused, "lift the ban"));

        assertAdmitted(device, server.gatewayToken());
    }

    @Test
    void revokedDevice_asksAgainAndIsApprovedByTheCommandOfTheRefusal() throws Exception {
        TestDevice device = approved();
        String deviceToken;
        try (RawSocket socket = RawSocket.upgrade(server)) {
            socket.send(device.connect(Answer.challenge(socket), server.gatewayToken()));
            deviceToken = Answer.hello(socket).at("/auth/deviceToken").asText();
        }
        operator.revoke(device.id(), "operator");
        Answer revoked;
        try (RawSocket socket = RawSocket.upgrade(server)) {
            socket.send(device.connect(Answer.challenge(socket), Map.of("deviceToken", deviceToken), "cli", "cli"));
            revoked = Answer.refusal(socket);
        }
        assertThat(revoked.closeReason()).startsWith("unauthorized: device token was revoked");

        String secret = shell(copy(revoked, "the shared token is on the gateway's machine"))
                .strip();
        Answer asks = cli(device, secret);
        assertThat(asks.closeReason()).startsWith("pairing required: access of this device was revoked");
        shell(copy(asks, "or over REST"));

        assertAdmitted(device, secret);
    }

    private Map<String, String> token() {
        return Map.of("token", server.gatewayToken());
    }

    private TestDevice approved() throws IOException {
        TestDevice device = TestDevice.create();
        operator.approve(device.request(server, "cli", "cli"));
        return device;
    }

    private Answer cli(TestDevice device, String token) throws IOException {
        try (RawSocket socket = RawSocket.upgrade(server)) {
            socket.send(device.connect(Answer.challenge(socket), token));
            return Answer.refusal(socket);
        }
    }

    private Answer controlUi(TestDevice device, String host, String origin) throws IOException {
        try (RawSocket socket = page(host, origin)) {
            socket.send(device.connect(Answer.challenge(socket), token(), "openclaw-control-ui", "webchat"));
            return Answer.refusal(socket);
        }
    }

    private RawSocket page(String host, String origin) throws IOException {
        return RawSocket.upgrade(server, host, "/", Map.of("Origin", origin));
    }

    private void assertAdmitted(TestDevice device, String token) throws IOException {
        try (RawSocket socket = RawSocket.upgrade(server)) {
            socket.send(device.connect(Answer.challenge(socket), token));
            Answer.hello(socket);
        }
    }

    /** What the refusal says to copy, by the beginning of what it says it is good for. */
    private String copy(Answer refused, String goodFor) throws IOException {
        String id = refused.error().at("/details/refusalId").asText();
        JsonNode fixes = JSON.readTree(
                        operator.send("GET", "/api/v1/refusals/" + id).body())
                .path("fixes");
        return StreamSupport.stream(fixes.spliterator(), false)
                .filter(fix -> fix.path("text").asText().startsWith(goodFor))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no '" + goodFor + "' in " + fixes))
                .path("copy")
                .asText();
    }

    /** Runs a line as it was copied, with the API key where the line expects it. */
    private String shell(String line) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of("sh", "-c", line)).redirectErrorStream(true);
        builder.environment().put("API_KEY", server.apiKey());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s: %s", line, output).isZero();
        return output;
    }

    private interface Call<T> {
        T make() throws IOException;
    }

    private static <T> T unchecked(Call<T> call) {
        try {
            return call.make();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
