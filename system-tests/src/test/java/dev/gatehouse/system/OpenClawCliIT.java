package dev.gatehouse.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.system.OpenClawCli.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Devices managed by the stock command line, as an operator types it; what it prints is what the operator reads. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenClawCliIT {

    private static final int DEVICE_REMOVED = 4001;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern JOIN_LINK = Pattern.compile("(?m)^(http\\S+)$");

    private EmbeddedServer server;
    private OpenClawCli cli;

    @BeforeAll
    void start(@TempDir Path home) {
        server = EmbeddedServer.start();
        cli = new OpenClawCli(server, home);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void forgetEverything() {
        Operator operator = Operator.of(server);
        operator.deviceIds().forEach(operator::removeDevice);
        operator.requestIds().forEach(operator::reject);
    }

    @Test
    void devices_fromTheirRequestToTheirRemoval_areManagedByTheStockCommandLine() throws IOException {
        TestDevice device = TestDevice.create();
        String requestId = request(device);

        assertThat(cli.succeed("devices", "list").output()).contains("Pending (1)", requestId, "new pairing");
        JsonNode pending = cli.succeed("devices", "list", "--json").json().at("/pending/0");
        assertThat(pending.path("requestId").asText()).isEqualTo(requestId);
        assertThat(pending.path("deviceId").asText()).isEqualTo(device.id());

        assertThat(cli.succeed("devices", "approve", requestId).output())
                .contains("Approved " + device.id() + " (" + requestId + ")");
        try (RawSocket live = device.admitted(server, "cli", "cli")) {
            cli.succeed("devices", "rename", "--device", device.id(), "--name", "bench laptop");
            assertThat(cli.succeed("devices", "list").output()).contains("Paired (1)", device.id(), "bench laptop");
            JsonNode paired = cli.succeed("devices", "list", "--json").json().at("/paired/0");
            assertThat(paired.path("operatorLabel").asText()).isEqualTo("bench laptop");
            assertThat(paired.path("connected").asBoolean()).isTrue();

            cli.succeed("devices", "remove", device.id());
            assertThat(Answer.close(live).closeCode()).isEqualTo(DEVICE_REMOVED);
        }
        assertThat(request(device)).isNotEqualTo(requestId);
    }

    @Test
    void request_thatTheCommandLineRejects_isGone() throws IOException {
        TestDevice device = TestDevice.create();
        String requestId = request(device);

        assertThat(cli.succeed("devices", "reject", requestId).output()).contains("Rejected " + device.id());

        assertThat(cli.succeed("devices", "list").output()).contains("No device pairing entries.");
        Result again = cli.run("devices", "reject", requestId);
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.output()).contains("unknown requestId");
    }

    @Test
    void latestRequest_thatTheCommandLineIsToApprove_isOnlyShown() throws IOException {
        request(TestDevice.create());
        String latest = request(TestDevice.create());

        Result preview = cli.run("devices", "approve", "--latest");

        assertThat(preview.exitCode()).isEqualTo(1);
        assertThat(preview.output())
                .contains(
                        "Selected pending device request " + latest,
                        "Requested: roles: operator; scopes: operator.read",
                        "Approve this exact request with: openclaw devices approve " + latest);
        assertThat(cli.succeed("devices", "list", "--json").json().path("pending"))
                .hasSize(2);
    }

    @Test
    void token_rotatedByTheCommandLine_isReplacedInTheNextHello() throws IOException {
        TestDevice device = paired();

        try (RawSocket live = device.admitted(server, "cli", "cli")) {
            JsonNode rotation = cli.succeed("devices", "rotate", "--device", device.id(), "--role", "operator")
                    .json();

            assertThat(rotation.path("deviceId").asText()).isEqualTo(device.id());
            assertThat(rotation.path("role").asText()).isEqualTo("operator");
            assertThat(rotation.path("scopes")).extracting(JsonNode::asText).containsExactly("operator.read");
            assertThat(rotation.path("rotatedAtMs").asLong()).isPositive();
            assertThat(rotation.path("tokenDelivery").asText()).isEqualTo("withheld-cross-device");
            assertThat(rotation.has("token")).isFalse();
            assertThat(Answer.close(live).closeCode()).isEqualTo(DEVICE_REMOVED);
        }
        device.admitted(server, "cli", "cli").close();
    }

    @Test
    void token_revokedByTheCommandLine_takesTheRoleWithIt() throws IOException {
        TestDevice device = paired();

        try (RawSocket live = device.admitted(server, "cli", "cli")) {
            JsonNode revocation = cli.succeed("devices", "revoke", "--device", device.id(), "--role", "operator")
                    .json();

            assertThat(revocation.path("deviceId").asText()).isEqualTo(device.id());
            assertThat(revocation.path("revokedAtMs").asLong()).isPositive();
            assertThat(Answer.close(live).closeCode()).isEqualTo(DEVICE_REMOVED);
        }
        assertThat(request(device)).isNotEmpty();
        assertThat(cli.run("devices", "approve", "--latest").output())
                .contains("Already paired. Requested role exceeds the current approval");
    }

    @Test
    void everything_clearedByTheCommandLine_isGone() throws IOException {
        TestDevice device = paired();
        request(TestDevice.create());

        try (RawSocket live = device.admitted(server, "cli", "cli")) {
            assertThat(cli.succeed("devices", "clear", "--yes", "--pending").output())
                    .contains("Cleared 1 paired device", "Rejected 1 pending request");
            assertThat(Answer.close(live).closeCode()).isEqualTo(DEVICE_REMOVED);
        }
        assertThat(cli.succeed("devices", "list").output()).contains("No device pairing entries.");
    }

    @Test
    void joinCode_madeByTheCommandLine_isHandedOutOnce() throws IOException {
        String output = cli.succeed("devices", "join-code").output();
        String link = TextFile.word(output, JOIN_LINK);
        assertThat(output.lines()).contains(link, "npx openclaw connect " + link);
        assertThat(link).startsWith("http://127.0.0.1:" + server.port() + "/j/");

        HttpResponse<String> first = fetch(link);
        HttpResponse<String> second = fetch(link);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        JsonNode payload = new ObjectMapper().readTree(first.body());
        assertThat(payload.path("url").asText()).isEqualTo(cli.url());
        assertThat(payload.path("bootstrapToken").asText()).isNotEmpty();
        assertThat(second.statusCode()).isEqualTo(404);
        assertThat(second.body()).doesNotContain("bootstrapToken");
    }

    @Test
    void gateway_calledByTheCommandLine_answers() {
        for (String method : new String[] {"health", "status", "system-presence"}) {
            cli.succeed("gateway", "call", method, "--json");
        }
        assertThat(cli.run("gateway", "call", "no.such.method", "--json").exitCode())
                .isEqualTo(1);
    }

    /** As a machine that was sent the link: without any key. */
    private static HttpResponse<String> fetch(String link) throws IOException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(link)).timeout(PATIENCE).build();
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private TestDevice paired() throws IOException {
        TestDevice device = TestDevice.create();
        assertThat(Operator.of(server).approve(request(device)).statusCode()).isEqualTo(200);
        return device;
    }

    private String request(TestDevice device) throws IOException {
        return device.request(server, "cli", "cli");
    }
}
