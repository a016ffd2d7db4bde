package dev.gatehouse.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Secrets that are easy to recognise go through every door of a gateway, right and wrong ones; none of them comes out
 * anywhere, and none is found in the files that the gateway writes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecrecyIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SHARED = "canary-shared-1f6d0c";
    private static final String HOOK = "whsec_Y2FuYXJ5LXdlYmhvb2stc2VjcmV0LTRhN2I5Yw==";
    private static final String EVENTS = "'pairing.*', 'device.*', 'token.*', 'invitation.*', 'key.*', 'admission.*',"
            + " 'session.*', 'gateway.*', 'chain.*', 'ban.*'";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What the test does last that events and webhooks tell. */
    private static final String LAST_TOLD = "key.revoked";

    private final Map<String, String> canaries = new LinkedHashMap<>();
    private final List<String> answers = new ArrayList<>();
    private WebhookReceiver receiver;
    private EmbeddedServer server;
    private Operator operator;
    private EventStream events;

    @BeforeAll
    void start() throws IOException {
        receiver = new WebhookReceiver();
        receiver.answer();
        Path folder = Checkout.freshFolder("secrecy");
        Path home = folder.resolve("home");
        Files.createDirectories(home.resolve("secrets"));
        Files.writeString(home.resolve("secrets/gateway-token"), SHARED);
        Files.writeString(home.resolve("hook"), HOOK);
        Files.writeString(
                home.resolve("gatehouse.yaml"),
                "webhooks:\n- {name: ops, url: '" + receiver.url() + "', secret: 'file:hook', events: [" + EVENTS
                        + "], allow-private-addresses: true}\n");
        server = EmbeddedServer.start(folder);
        operator = Operator.of(server);
        canaries.put("shared token", SHARED);
        canaries.put("webhook secret", HOOK);
        canaries.put("API key", server.apiKey());
        events = EventStream.open(server, Optional.of("0"));
    }

    @AfterAll
    void stop() throws IOException {
        try {
            events.close();
        } finally {
            server.close();
            receiver.close();
        }
    }

    @Test
    void secret_thatWentThroughTheGateway_comesOutNowhere() throws Exception {
        wrongCredentials();
        deviceToken();
        invitation();
        apiKeys();
        console();

        String everything = everythingThatCanBeRead();

        assertThat(canaries).hasSizeGreaterThanOrEqualTo(14);
        assertThat(canaries.values()).allSatisfy(canary -> assertThat(canary).hasSizeGreaterThanOrEqualTo(16));
        canaries.forEach(
                (what, canary) -> assertThat(everything).as("the %s", what).doesNotContain(canary));
        canaries.forEach((what, canary) ->
                assertThat(filesThatHold(canary)).as("files with the %s", what).isEmpty());
    }

    /** What clients try, in every place in which clients put credentials. */
    private void wrongCredentials() throws IOException {
        for (String kind : List.of("token", "password", "deviceToken", "bootstrapToken")) {
            String canary = canary("wrong " + kind);
            try (RawSocket socket = RawSocket.upgrade(server)) {
                socket.send(TestDevice.create().connect(Answer.challenge(socket), Map.of(kind, canary), "cli", "cli"));
                note(Answer.refusal(socket));
            }
        }
        Map<String, String> headers = Map.of(
                "Authorization", "Bearer " + canary("Authorization of an upgrade"),
                "Cookie", "gatehouse_console=" + canary("cookie of an upgrade"),
                "X-Api-Key", canary("API key in a header"),
                "Sec-WebSocket-Protocol", "token." + canary("subprotocol"));
        String path = "/?token=" + canary("token in a query");
        try (RawSocket socket = RawSocket.upgrade(server, path, headers)) {
            socket.send(TestDevice.create().connect(Answer.challenge(socket), Map.of("token", SHARED), "cli", "cli"));
            note(Answer.refusal(socket));
        }
    }

    private void deviceToken() throws IOException {
        TestDevice device = TestDevice.create();
        operator.approve(device.request(server, "cli", "cli"));
        try (RawSocket socket = RawSocket.upgrade(server)) {
            socket.send(device.connect(Answer.challenge(socket), SHARED));
            keep("device token", Answer.hello(socket).at("/auth/deviceToken").asText());
        }
        Map<String, String> byToken = Map.of("deviceToken", canaries.get("device token"));
        try (RawSocket socket = RawSocket.upgrade(server)) {
            socket.send(device.connect(Answer.challenge(socket), byToken, "cli", "cli"));
            Answer.hello(socket);
        }
        operator.revoke(device.id(), "operator");
        try (RawSocket socket = RawSocket.upgrade(server)) {
            socket.send(device.connect(Answer.challenge(socket), byToken, "cli", "cli"));
            note(Answer.refusal(socket));
        }
    }

    private void invitation() throws IOException {
        JsonNode made = JSON.readTree(operator.send("POST", "/api/v1/invitations", "{\"profile\": \"limited\"}")
                .body());
        keep("setup code", made.path("setupCode").asText());
        String joinUrl = made.path("joinUrl").asText();
        keep("join code", joinUrl.substring(joinUrl.lastIndexOf('/') + 1));
        JsonNode code = JSON.readTree(
                Base64.getUrlDecoder().decode(made.path("setupCode").asText()));
        keep("bootstrap token", code.path("bootstrapToken").asText());
        TestDevice device = TestDevice.create();
        Map<String, String> invited = Map.of("bootstrapToken", canaries.get("bootstrap token"));
        for (int i = 0; i < 2; i++) {
            try (RawSocket socket = RawSocket.upgrade(server)) {
                socket.send(device.connect(Answer.challenge(socket), invited, "cli", "cli"));
                answers.add(Answer.close(socket).closeReason());
            } catch (IOException e) {
                answers.add("admitted"); // and nothing more was said in time
            }
        }
    }

    private void apiKeys() throws IOException {
        HttpResponse<String> made =
                operator.send("POST", "/api/v1/keys", "{\"label\": \"canary\", \"scope\": \"read\", \"ttl\": \"1h\"}");
        keep("second API key", JSON.readTree(made.body()).path("key").asText());
        operator.send(
                "DELETE",
                "/api/v1/keys/" + JSON.readTree(made.body()).path("keyId").asText());
        answers.add(
                new Operator(server, canary("wrong API key")).pairingRequests().body());
        answers.add(new Operator(server, "gk_00000000_" + canary("API key that nobody made"))
                .pairingRequests()
                .body());
        answers.add(operator.send("POST", "/api/v1/keys", "{\"label\": \"" + canary("secret in a bad body") + "\"")
                .body());
    }

    private void console() throws IOException, InterruptedException {
        HttpResponse<String> signedIn = send(HttpRequest.newBuilder(server.http("/console/session"))
                .header("Origin", "http://127.0.0.1:" + server.port())
                .header("Authorization", "Bearer " + server.apiKey())
                .POST(HttpRequest.BodyPublishers.noBody()));
        String cookie = signedIn.headers().firstValue("Set-Cookie").orElse("");
        keep("cookie", cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';')));
        keep("CSRF token", JSON.readTree(signedIn.body()).path("csrf").asText());
        answers.add(send(HttpRequest.newBuilder(server.http("/api/v1/sessions"))
                        .header("Cookie", cookie.substring(0, cookie.indexOf(';'))))
                .body());
        answers.add(send(HttpRequest.newBuilder(server.http("/whoami?token=" + canaries.get("token in a query")))
                        .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
                        .header("Authorization", "Bearer " + server.apiKey()))
                .body());
    }

    private String everythingThatCanBeRead() throws IOException {
        List<String> all = new ArrayList<>(answers);
        for (String path : List.of(
                "/api/v1/pairing-requests",
                "/api/v1/pairing-requests?state=approved",
                "/api/v1/devices",
                "/api/v1/invitations",
                "/api/v1/nodes",
                "/api/v1/node-requests",
                "/api/v1/sessions",
                "/api/v1/bans",
                "/api/v1/chain",
                "/api/v1/checks",
                "/api/v1/config",
                "/api/v1/config/schema",
                "/api/v1/keys",
                "/api/v1/admission-counts",
                "/api/v1/audit?limit=999",
                "/api/v1/audit/export",
                "/api/v1/webhooks",
                "/api/v1/webhooks/ops/deliveries",
                "/api/v1/refusals",
                "/api/v1/openapi.json",
                "/metrics",
                "/health/ready")) {
            HttpResponse<String> answer = operator.send("GET", path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            all.add(answer.body());
        }
        for (JsonNode refusal :
                JSON.readTree(operator.send("GET", "/api/v1/refusals").body()).path("items")) {
            String id = refusal.path("id").asText();
            all.add(operator.send("GET", "/api/v1/refusals/" + id).body());
            all.add(operator.send("POST", "/api/v1/chain/explain", "{\"refusal\": \"" + id + "\"}")
                    .body());
        }
        all.add(events.textUntil(LAST_TOLD));
        assertThat(Await.until(
                        PATIENCE,
                        () -> receiver.told().stream()
                                .anyMatch(told -> told.type().equals(LAST_TOLD))))
                .isTrue();
        receiver.bodies().forEach(all::add);
        all.add(server.log());
        return String.join("\n", all);
    }

    private void note(Answer refusal) {
        answers.add(refusal.error() + refusal.closeReason());
    }

    private String canary(String what) {
        String canary = "canary-" + what.replaceAll("[^A-Za-z]", "-").toLowerCase(Locale.ROOT) + "-93c1";
        keep(what, canary);
        return canary;
    }

    private void keep(String what, String secret) {
        assertThat(secret).as(what).isNotEmpty();
        canaries.put(what, secret);
    }

    /** Files of the gateway's home with a text in them, but for those in which the operator keeps it. */
    private List<String> filesThatHold(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        List<String> kept = List.of("hook", "secrets/api-key", "secrets/gateway-token");
        try (Stream<Path> files = Files.walk(server.home())) {
            return files.filter(Files::isRegularFile)
                    .filter(file ->
                            !kept.contains(server.home().relativize(file).toString()))
                    .filter(file -> holds(file, wanted))
                    .map(Path::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean holds(Path file, byte[] wanted) {
        try {
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            return content.contains(new String(wanted, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    }
}
