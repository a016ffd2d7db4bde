package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.device.Authority;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Refusals as an operator reads them over REST: what was seen, what each check said, and what lets the client in. */
class RefusalApiEndToEndTest {

    private static final String CANARY = "canary-5d1f0c";

    @TempDir
    private Path home;

    @Test
    void clientThatComesAgain_isOneRefusal_withACount() throws IOException, InterruptedException {
        try (GatewayFixture gateway = GatewayFixture.withToken(home);
                RestServer rest = gateway.rest()) {
            Caller caller = Caller.of(Callers.remoteCli().withToken("wrong")).onNewDevice();
            String first = refuse(gateway, caller);
            String second = refuse(gateway, caller);

            JsonNode listed = rest.get("/refusals").body();
            JsonNode refusal = rest.get("/refusals/" + first).body();

            assertThat(second).isEqualTo(first);
            assertThat(listed.path("items")).hasSize(1);
            assertThat(listed.has("next")).isFalse();
            assertThat(refusal.path("count").asInt()).isEqualTo(2);
            assertThat(refusal.path("decision").asText()).isEqualTo("refused");
            assertThat(refusal.path("code").asText()).isEqualTo("AUTH_TOKEN_MISMATCH");
            assertThat(refusal.path("check").asText()).isEqualTo("token");
            assertThat(refusal.path("closeCode").asInt()).isEqualTo(1008);
            assertThat(refusal.at("/seen/peer").asText()).isEqualTo(Callers.REMOTE);
            assertThat(refusal.at("/seen/client/credentials")).hasToString("[\"token\"]");
            assertThat(refusal.at("/seen/client/deviceId").asText())
                    .isEqualTo(caller.device().orElseThrow().id());
            assertThat(refusal.at("/seen/hops/0/why").asText()).isNotEmpty();
            assertThat(texts(refusal.path("checks"), "name"))
                    .startsWith("secure-context", "origin")
                    .contains("token");
            assertThat(texts(refusal.path("checks"), "verdict")).endsWith("veto");
            assertThat(refusal.path("console").asText()).endsWith("/console/#refusals/" + first);
        }
    }

    @Test
    void refusedDevice_isAdmitted_byWhatItsRefusalSays() throws IOException, InterruptedException {
        try (GatewayFixture gateway = GatewayFixture.withToken(home);
                RestServer rest = gateway.rest()) {
            Caller caller = Caller.of(Callers.remoteCli().withToken(GatewayFixture.SECRET))
                    .onNewDevice();
            String id = refuse(gateway, caller);

            String curl = texts(rest.get("/refusals/" + id).body().path("fixes"), "copy").stream()
                    .filter(copy -> copy.startsWith("curl") && copy.endsWith("/approve\""))
                    .findFirst()
                    .orElseThrow();
            String path = curl.replaceFirst(".*/api/v1(/[^\"]*)\"$", "$1");

            assertThat(rest.post(path, "{}").status()).isEqualTo(200);
            gateway.admit(caller);
        }
    }

    @Test
    void pageOfAnotherOrigin_isToldTheLineThatAllowsIt() throws IOException, InterruptedException {
        try (GatewayFixture gateway = GatewayFixture.withToken(
                        home, "GATEHOUSE_CHECKS_ORIGIN_ALLOWED_ORIGINS", "https://ui.example:8443");
                RestServer rest = gateway.rest()) {
            String id = refuse(gateway, Caller.of(Callers.remoteControlUi("https://ui.example")));

            JsonNode fixes = rest.get("/refusals/" + id).body().path("fixes");

            assertThat(texts(fixes, "copy"))
                    .contains(
                            "https://ui.example:8443",
                            "allowed-origins: [\"https://ui.example:8443\", \"https://ui.example\"]");
        }
    }

    @Test
    void revokedDevice_isToldHowToAskAgain_andThatWorks() throws IOException, InterruptedException {
        try (GatewayFixture gateway = GatewayFixture.withToken(home);
                RestServer rest = gateway.rest()) {
            TestDevice device = new TestDevice();
            Caller withSecret = Caller.of(Callers.remoteCli().withToken(GatewayFixture.SECRET))
                    .on(device);
            gateway.pair(withSecret);
            String token = gateway.admit(withSecret).at("/auth/deviceToken").asText();
            gateway.devices().remove(Authority.owner(), device.id());

            String id = refuse(
                    gateway,
                    Caller.of(Callers.remoteCli().withDeviceToken(token)).on(device));

            assertThat(texts(rest.get("/refusals/" + id).body().path("fixes"), "text"))
                    .anyMatch(text -> text.startsWith("the device token is the one that is wrong"))
                    .anyMatch(text -> text.startsWith("connect once with the shared secret"));
            gateway.pair(withSecret);
            gateway.admit(withSecret);
        }
    }

    @Test
    void clientThatTheChainNeverSaw_isKeptToo() throws IOException, InterruptedException {
        try (GatewayFixture gateway = GatewayFixture.withToken(home);
                RestServer rest = gateway.rest()) {
            Peer peer = gateway.open(Callers.remoteCli());
            peer.send("not json");
            peer.close();
            peer.read();

            JsonNode refusal = rest.get("/refusals/" + peer.refusalId()).body();

            assertThat(refusal.path("message").asText()).startsWith("invalid request frame");
            assertThat(refusal.path("checks")).isEmpty();
            assertThat(refusal.at("/seen").has("client")).isFalse();
            assertThat(refusal.path("fixes")).isNotEmpty();
            assertThat(rest.post("/chain/explain", "{\"refusal\": \"" + peer.refusalId() + "\"}")
                            .body()
                            .path("code")
                            .asText())
                    .isEqualTo("REFUSAL_UNKNOWN");
        }
    }

    @Test
    void refusal_isExplainedOnTheChain_byTheSameId() throws IOException, InterruptedException {
        try (GatewayFixture gateway = GatewayFixture.withToken(home);
                RestServer rest = gateway.rest()) {
            Caller caller = Caller.of(Callers.remoteCli()).onNewDevice();
            refuse(gateway, caller);
            String id = refuse(gateway, caller);

            JsonNode explained =
                    rest.post("/chain/explain", "{\"refusal\": \"" + id + "\"}").body();

            assertThat(explained.at("/reason/code").asText()).isEqualTo("AUTH_TOKEN_MISSING");
        }
    }

    @Test
    void refusals_areThereAfterARestart() throws IOException, InterruptedException {
        String id;
        Caller caller = Caller.of(Callers.remoteCli()).onNewDevice();
        try (GatewayFixture gateway = GatewayFixture.withToken(home)) {
            id = refuse(gateway, caller);
        }
        try (GatewayFixture gateway = GatewayFixture.withToken(home);
                RestServer rest = gateway.rest()) {
            assertThat(refuse(gateway, caller)).isEqualTo(id);
            assertThat(rest.get("/refusals/" + id).body().path("count").asInt()).isEqualTo(2);
        }
    }

    @Test
    void list_isPaged_filtered_andSaysWhatIsWrongWithAQuery() throws IOException, InterruptedException {
        try (GatewayFixture gateway = GatewayFixture.withToken(home);
                RestServer rest = gateway.rest()) {
            TestDevice device = new TestDevice();
            refuse(gateway, Caller.of(Callers.remoteCli()));
            refuse(gateway, Caller.of(Callers.remoteCli()).on(device));
            refuse(gateway, Caller.of(Callers.remoteCli().withToken("wrong")).on(device));

            JsonNode page = rest.get("/refusals?limit=2").body();
            JsonNode rest2 = rest.get(
                            "/refusals?limit=2&after=" + page.path("next").asText())
                    .body();

            assertThat(page.path("items")).hasSize(2);
            assertThat(rest2.path("items")).hasSize(1);
            assertThat(texts(rest2.path("items"), "id")).doesNotContainAnyElementsOf(texts(page.path("items"), "id"));
            assertThat(rest.get("/refusals?code=AUTH_TOKEN_MISMATCH").body().path("items"))
                    .hasSize(1);
            assertThat(rest.get("/refusals?deviceId=" + device.id()).body().path("items"))
                    .hasSize(2);
            assertThat(rest.get("/refusals?limit=0").status()).isEqualTo(400);
            assertThat(rest.get("/refusals?after=x").status()).isEqualTo(400);
            assertThat(rest.get("/refusals/unknown").body().path("code").asText())
                    .isEqualTo("REFUSAL_UNKNOWN");
        }
    }

    @Test
    void secrets_ofEveryKind_areNowhere() throws IOException, InterruptedException {
        Lines lines = new Lines();
        Logger logger = Logger.getLogger("dev.gatehouse");
        Level before = logger.getLevel();
        logger.setLevel(Level.ALL);
        logger.addHandler(lines);
        try (GatewayFixture gateway = GatewayFixture.withToken(home);
                RestServer rest = gateway.rest()) {
            List<String> ids = new ArrayList<>();
            for (Caller caller : withSecrets()) {
                ids.add(refuse(gateway, caller));
            }
            List<String> said = new ArrayList<>(lines.texts);
            said.add(rest.get("/refusals").body().toString());
            for (String id : ids) {
                said.add(rest.get("/refusals/" + id).body().toString());
                said.add(rest.post("/chain/explain", "{\"refusal\": \"" + id + "\"}")
                        .body()
                        .toString());
            }

            assertThat(ids).doesNotHaveDuplicates();
            assertThat(lines.texts).anyMatch(line -> line.startsWith("refused #" + ids.get(0)));
            assertThat(said)
                    .noneMatch(text -> text.contains(CANARY))
                    .noneMatch(text -> text.contains(GatewayFixture.SECRET));
        } finally {
            logger.removeHandler(lines);
            logger.setLevel(before);
        }
    }

    @Test
    void hostileNames_reachTheOperatorAsText_andNoLogLineIsTheirs() throws IOException, InterruptedException {
        String hostile = "<img src=x onerror=alert(1)>\u202E\u001B[31m\nrefused #0000000000 \uD83D\uDE00";
        Lines lines = new Lines();
        Logger logger = Logger.getLogger("dev.gatehouse");
        logger.addHandler(lines);
        try (GatewayFixture gateway = GatewayFixture.withToken(home);
                RestServer rest = gateway.rest()) {
            ConnectFixture facts = Callers.remoteCli()
                    .withHeader("user-agent", hostile)
                    .withHost(hostile)
                    .withOrigin(hostile)
                    .withPath("/" + hostile)
                    .withMetadata(hostile, Optional.of(hostile));
            String id = refuse(
                    gateway,
                    Caller.of(facts)
                            .saying(frame -> frame.withObject("params")
                                    .withObject("client")
                                    .put("displayName", hostile)));

            JsonNode refusal = rest.get("/refusals/" + id).body();

            assertThat(refusal.at("/seen/userAgent").asText()).isEqualTo(hostile);
            assertThat(refusal.at("/seen/client/displayName").asText())
                    .startsWith("<img")
                    .hasSizeLessThanOrEqualTo(64);
            assertThat(refusal.path("fixes").toString()).doesNotContain("\u202E", "\\u001b", "<img");
            assertThat(lines.texts).noneMatch(line -> line.contains("\n") || line.contains("\u202E"));
        } finally {
            logger.removeHandler(lines);
        }
    }

    private static List<Caller> withSecrets() {
        ConnectFixture remote = Callers.remoteCli()
                .withHeader("authorization", "Bearer " + CANARY)
                .withHeader("cookie", "session=" + CANARY)
                .withHeader("sec-websocket-protocol", CANARY)
                .withHeader("x-forwarded-access-token", CANARY)
                .withPath("/j/" + CANARY);
        return List.of(
                Caller.of(remote.withToken(CANARY)).onNewDevice(),
                Caller.of(remote.withPassword(CANARY)).onNewDevice(),
                Caller.of(remote.withDeviceToken(CANARY)).onNewDevice(),
                Caller.of(remote.withBootstrapToken(CANARY)).onNewDevice(),
                Caller.of(remote.withToken(GatewayFixture.SECRET)).onNewDevice());
    }

    private static String refuse(GatewayFixture gateway, Caller caller) throws IOException {
        Peer peer = gateway.connect(caller);
        peer.error();
        return peer.refusalId();
    }

    private static List<String> texts(JsonNode items, String member) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.path(member))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .toList();
    }

    private static final class Lines extends Handler {

        private final List<String> texts = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            texts.add(Optional.ofNullable(line.getMessage()).orElse(""));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
