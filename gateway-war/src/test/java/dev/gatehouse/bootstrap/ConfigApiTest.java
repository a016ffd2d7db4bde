package dev.gatehouse.bootstrap;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.chain.FolderSight;
import dev.gatehouse.config.Home;
import dev.gatehouse.device.Actor;
import dev.gatehouse.device.KeyScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The config in force over REST. */
class ConfigApiTest {

    private static final String CANARY = "canary-7d1e-a-long-random-secret";
    private static final String CONFIG = """
            admission: {check-deadline: 20s, chain-deadline: 30s}
            devices: {pending-max: 120}
            checks: {token: {mode: token, token: 'env:GATEWAY_SECRET'}}
            """;

    @TempDir
    private Path folder;

    private Home home;
    private Gateway gateway;
    private RestServer rest;

    @BeforeEach
    void start() throws Exception {
        home = new Home(folder.resolve("home"));
        Files.createDirectories(home.root());
        Files.writeString(home.root().resolve("password"), CANARY);
        Files.writeString(home.config(), CONFIG);
        gateway = Gateway.start(
                home,
                Map.of(
                        "GATEWAY_SECRET",
                        CANARY,
                        "GATEHOUSE_DATABASE_PASSWORD",
                        "file:password",
                        "GATEHOUSE_DATABASE_URL",
                        "jdbc:h2:mem:" + folder.getFileName() + ";LOCK_TIMEOUT=2000"),
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
    void config_showsEverySettingAndWhereItComesFrom() throws Exception {
        JsonNode config = rest.get("/config").body();

        assertThat(config.at("/settings/devices/pending-max").asInt()).isEqualTo(120);
        assertThat(config.at("/origins/devices.pending-max").asText()).isEqualTo("file");
        assertThat(config.at("/settings/devices/pending-ttl").asText()).isNotEmpty();
        assertThat(config.at("/origins/devices.pending-ttl").asText()).isEqualTo("default");
        assertThat(config.at("/origins/database.url").asText()).isEqualTo("environment");
        assertThat(config.at("/settings/checks/token/mode").asText()).isEqualTo("token");
        assertThat(config.at("/origins/checks.token.mode").asText()).isEqualTo("file");
        assertThat(config.at("/settings/checks").has("origin")).isTrue();
    }

    @Test
    void config_showsOfSecretsWhereTheyAreOnly() throws Exception {
        HttpResponse<String> answer = rest.send("GET", "/config", "");

        assertThat(answer.body())
                .contains("\"token\":\"env:GATEWAY_SECRET\"", "\"password\":\"file:password\"")
                .doesNotContain(CANARY, "LOCK_TIMEOUT");
    }

    @Test
    void config_ofANewGateway_namesTheSecretThatItMade() throws Exception {
        Files.writeString(home.config(), "devices: {pending-max: 120}\n");
        assertThat(rest.post("/chain/reload", "").status()).isEqualTo(200);

        JsonNode config = rest.get("/config").body();

        assertThat(config.at("/settings/checks/token/token").asText()).isEqualTo("file:" + home.gatewayToken());
        assertThat(config.at("/origins/checks.token.token").asText()).isEqualTo("default");
    }

    @Test
    void config_thatChanged_hasAnotherTag() throws Exception {
        String tag = tag(rest.send("GET", "/config", ""));
        assertThat(rest.send("GET", "/config", "", "If-None-Match", tag).statusCode())
                .isEqualTo(304);

        Files.writeString(home.config(), CONFIG.replace("120", "130"));
        assertThat(rest.post("/chain/reload", "").status()).isEqualTo(200);

        HttpResponse<String> changed = rest.send("GET", "/config", "", "If-None-Match", tag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(tag(changed)).isNotEqualTo(tag);
    }

    @Test
    void config_isForAdminsOnly() throws Exception {
        for (KeyScope scope : List.of(KeyScope.READ, KeyScope.APPROVE, KeyScope.MANAGE)) {
            String key = gateway.apiKeys()
                    .create(Actor.OWNER, "key", scope, Optional.empty())
                    .secret()
                    .expose();
            assertThat(rest.sendAs(key, "GET", "/config").statusCode()).isEqualTo(403);
        }
    }

    private static String tag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElse("");
    }
}
