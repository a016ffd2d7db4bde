package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.chain.FolderSight;
import dev.gatehouse.config.Home;
import dev.gatehouse.device.Authority;
import dev.gatehouse.device.PairingRequest;
import dev.gatehouse.plugin.PluginJar;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What an operator learns about the chain over REST. */
class ChainApiTest {

    private static final String CLOSED =
            "Verdict.veto(VetoReason.of(\"OFFICE_CLOSED\", VetoReason.Effect.COME_BACK_LATER, \"office is closed\"))";
    private static final String CONFIG = """
            admission:
              chain: [secure-context, {check: hours, mode: shadow, until: 2020-01-31}, origin, device-identity, token, pairing]
              check-deadline: 20s
              chain-deadline: 30s
            checks:
              token: {mode: token, token: 'env:GATEWAY_SECRET'}
            """;

    @TempDir
    private Path folder;

    private Home home;
    private Gateway gateway;
    private RestServer rest;

    @BeforeEach
    void start() throws IOException {
        home = new Home(folder.resolve("home"));
        Files.createDirectories(home.plugins());
        PluginJar.of("hours").withCheck("hours", CLOSED).in(home.plugins());
        Files.writeString(home.config(), CONFIG);
        gateway = Gateway.start(
                home,
                Map.of("GATEWAY_SECRET", GatewayFixture.SECRET),
                FolderSight.jarsIn(Path.of("target", "plugins")),
                Clock.systemUTC());
        rest = new RestServer(gateway);
    }

    @AfterEach
    void stop() {
        rest.close();
        gateway.close();
    }

    @Test
    void chain_showsEachCheckWithItsPluginSettingsAndFigures() throws Exception {
        connect(ConnectFixture.backend().withToken(GatewayFixture.SECRET));

        JsonNode chain = rest.get("/chain").body();

        assertThat(chain.path("state").asText()).isEqualTo("current");
        assertThat(chain.path("checks")).hasSize(6);
        JsonNode token = check(chain, "token");
        assertThat(token.at("/plugin/id").asText()).isEqualTo("token");
        assertThat(token.at("/plugin/sha256").asText()).hasSize(64);
        assertThat(token.at("/plugin/bundled").asBoolean()).isTrue();
        assertThat(token.at("/settings/mode").asText()).isEqualTo("token");
        assertThat(token.at("/settings/token").asText()).isEqualTo("env:GATEWAY_SECRET");
        assertThat(token.path("state").asText()).isEqualTo("asked");
        assertThat(token.at("/figures/identified").asLong()).isEqualTo(1);
        assertThat(chain.toString()).doesNotContain(GatewayFixture.SECRET);
    }

    @Test
    void check_inShadow_showsItsDateAndIsWarnedAbout() throws Exception {
        JsonNode chain = rest.get("/chain").body();

        JsonNode hours = check(chain, "hours");
        assertThat(hours.path("mode").asText()).isEqualTo("shadow");
        assertThat(hours.path("until").asText()).isEqualTo("2020-01-31");
        assertThat(hours.path("overdue").asBoolean()).isTrue();
        assertThat(hours.at("/plugin/file").asText()).isEqualTo("hours.jar");
        assertThat(chain.at("/warnings/0").asText()).contains("'hours' in mode shadow");
    }

    @Test
    void checks_showsThoseThatAreNotInTheChainToo() throws Exception {
        Files.writeString(home.config(), CONFIG.replace("origin, ", ""));
        assertThat(rest.post("/chain/reload", "").status()).isEqualTo(200);

        JsonNode origin = rest.get("/checks/origin").body();
        assertThat(origin.path("inChain").asBoolean(true)).isFalse();
        assertThat(origin.has("figures")).isFalse();
        assertThat(rest.get("/checks").body().path("items")).hasSize(7);
        assertThat(rest.get("/checks/nobody").status()).isEqualTo(404);
    }

    @Test
    void reload_ofAWrongConfig_isRefusedWithEveryProblem() throws Exception {
        Files.writeString(
                home.config(), CONFIG.replace("mode: shadow", "mode: maybe").replace("20s", "soon"));

        RestServer.Answer answer = rest.post("/chain/reload", "");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().path("code").asText()).isEqualTo("CONFIG_INVALID");
        assertThat(answer.body().path("problems"))
                .extracting(JsonNode::asText)
                .anySatisfy(problem -> assertThat(problem).startsWith("admission.chain[1].mode: 'maybe'"))
                .anySatisfy(problem -> assertThat(problem).startsWith("admission.check-deadline: 'soon'"));
        JsonNode chain = rest.get("/chain").body();
        assertThat(chain.path("state").asText()).isEqualTo("stale");
        assertThat(chain.path("problems")).isEqualTo(answer.body().path("problems"));
        assertThat(chain.at("/reloads/0/inForce").asBoolean(true)).isFalse();
    }

    @Test
    void explain_aDescribedConnection_saysWhatEachCheckSays() throws Exception {
        JsonNode explained = rest.post("/chain/explain", """
                {"connection": {"peer": "203.0.113.9", "clientId": "openclaw-control-ui", "clientMode": "webchat",
                  "headers": {"Host": "gw.example", "Origin": "https://evil.example"}, "token": "wrong"}}
                """).body();

        assertThat(explained.path("decision").asText()).isEqualTo("refused");
        assertThat(explained.path("checks"))
                .filteredOn(answer -> answer.path("counted").asBoolean()
                        && answer.path("answer").asText().equals("veto"))
                .singleElement()
                .extracting(answer -> answer.path("reason"))
                .isEqualTo(explained.path("reason"));
        assertThat(answer(explained, "origin").path("answer").asText()).isEqualTo("veto");
        assertThat(answer(explained, "token").path("answer").asText()).isEqualTo("veto");
        assertThat(answer(explained, "token").path("counted").asBoolean(true)).isFalse();
        assertThat(answer(explained, "hours").path("mode").asText()).isEqualTo("shadow");
    }

    @Test
    void explain_changesNothing() throws Exception {
        String device = "{\"connection\": {\"token\": \"" + GatewayFixture.SECRET + "\", \"deviceId\": \""
                + "ab".repeat(32) + "\"}}";

        JsonNode explained = rest.post("/chain/explain", device).body();

        assertThat(answer(explained, "pairing").at("/reason/code").asText()).isEqualTo("PAIRING_REQUIRED");
        assertThat(gateway.devices().pairingRequests(Authority.owner(), PairingRequest.State.PENDING))
                .isEmpty();
        assertThat(check(rest.get("/chain").body(), "pairing")
                        .at("/figures/asked")
                        .asLong())
                .isZero();
    }

    @Test
    void explain_aRecordedRefusal_byTheIdThatItsClientWasTold() throws Exception {
        JsonNode error = connect(ConnectFixture.backend().withToken("wrong")).path("error");
        String id = error.at("/details/refusalId").asText();

        JsonNode explained =
                rest.post("/chain/explain", "{\"refusal\": \"" + id + "\"}").body();

        assertThat(explained.at("/reason/code").asText())
                .isEqualTo(error.at("/details/code").asText());
        assertThat(rest.post("/chain/explain", "{\"refusal\": \"0123456789\"}").status())
                .isEqualTo(404);
    }

    @Test
    void explain_byAnotherConfig_usesItsChain() throws Exception {
        String config = CONFIG.replace("{check: hours, mode: shadow, until: 2020-01-31}", "hours");
        String body = new ObjectMapper()
                .writeValueAsString(Map.of("connection", Map.of("token", GatewayFixture.SECRET), "config", config));

        JsonNode explained = rest.post("/chain/explain", body).body();

        assertThat(explained.at("/reason/code").asText()).isEqualTo("OFFICE_CLOSED");
        assertThat(gateway.chain().enforcedNames()).doesNotContain("hours");
    }

    @Test
    void explain_byAConfigThatIsWrong_tellsEveryProblem() throws Exception {
        RestServer.Answer answer = rest.post(
                "/chain/explain", "{\"connection\": {}, \"config\": \"admission: {chain: [nobody], threads: many}\"}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().path("problems").toString())
                .contains("'nobody'")
                .contains("admission.threads");
    }

    @Test
    void explain_withoutAnythingToExplain_isRefused() throws Exception {
        for (String body : List.of(
                "",
                "{}",
                "{\"refusal\": \"a\", \"connection\": {}}",
                "{\"connection\": {\"peer\": \"example.org\"}}",
                "{\"connection\": {\"role\": \"king\"}}",
                "{\"connection\": {\"deviceId\": \"x\"}}",
                "{\"connection\": {\"colour\": \"red\"}}")) {
            assertThat(rest.post("/chain/explain", body).status()).as(body).isEqualTo(400);
        }
    }

    @Test
    void schema_isServedAndWrittenForEditors() throws Exception {
        JsonNode schema = rest.get("/config/schema").body();

        assertThat(schema.at("/properties/checks/properties/hours").isMissingNode())
                .isFalse();
        assertThat(schema.at("/properties/checks/properties/token/properties/mode/enum")
                        .toString())
                .contains("password");
        assertThat(new ObjectMapper().readTree(home.schema().toFile())).isEqualTo(schema);
    }

    private JsonNode connect(ConnectFixture facts) {
        Peer peer = new Peer(gateway.gatekeeper(), gateway.chain(), facts);
        return peer.connect(Caller.of(facts)).read();
    }

    private static JsonNode check(JsonNode chain, String name) {
        for (JsonNode check : chain.path("checks")) {
            if (check.path("check").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("no check " + name + " in " + chain);
    }

    /** The last answer of a check: the connect stage's, if it examines that. */
    private static JsonNode answer(JsonNode explained, String name) {
        JsonNode last = explained.path("none");
        for (JsonNode answer : explained.path("checks")) {
            last = answer.path("check").asText().equals(name) ? answer : last;
        }
        assertThat(last.isMissingNode())
                .as("an answer of %s in %s", name, explained)
                .isFalse();
        return last;
    }
}
