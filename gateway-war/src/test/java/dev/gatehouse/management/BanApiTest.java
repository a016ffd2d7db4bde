package dev.gatehouse.management;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Bans over HTTP. */
class BanApiTest {

    private final ManagementServer server = new ManagementServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void ban_madeAndLiftedOverRest_isListedInBetween() throws Exception {
        ManagementServer.Answer made = server.call(
                "POST", "/bans", "{\"address\": \"203.0.113.9/24\", \"reason\": \"guessing\", \"ttl\": \"12h\"}");

        assertThat(made.status()).isEqualTo(201);
        JsonNode ban = made.body();
        assertThat(ban.path("address").asText()).isEqualTo("203.0.113.0/24");
        assertThat(ban.has("deviceId")).isFalse();
        assertThat(ban.path("endsAt").asText())
                .isGreaterThan(ban.path("createdAt").asText());
        String path = "/bans/" + ban.path("banId").asText();
        assertThat(made.response().headers().firstValue("Location").orElse("")).endsWith("/api/v1" + path);
        assertThat(server.call("GET", path).body()).isEqualTo(ban);
        assertThat(server.call("GET", "/bans").body().at("/items/0")).isEqualTo(ban);

        assertThat(server.call("DELETE", path).status()).isEqualTo(204);

        assertThat(server.call("GET", "/bans").body().path("items")).isEmpty();
        assertThat(server.call("GET", path).body().path("code").asText()).isEqualTo("BAN_UNKNOWN");
        assertThat(server.call("DELETE", path).status()).isEqualTo(404);
    }

    @Test
    void ban_ofWhoIsBanned_isAConflictThatNamesIt() throws Exception {
        String body = "{\"deviceId\": \"" + "a".repeat(64) + "\", \"reason\": \"stolen\"}";
        String id = server.call("POST", "/bans", body).body().path("banId").asText();

        ManagementServer.Answer again = server.call("POST", "/bans", body);

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.body().path("code").asText()).isEqualTo("BAN_EXISTS");
        assertThat(again.body().path("detail").asText()).contains(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                            | BAN_INVALID | address",
                "{\"address\": \"203.0.113.9\"}                                | BAN_INVALID | reason",
                "{\"address\": \"203.0.113.9\", \"reason\": \" \"}             | BAN_INVALID | reason",
                "{\"address\": \"203.0.113.9\", \"reason\": \"a\\nb\"}         | BAN_INVALID | reason",
                "{\"address\": \"somewhere\", \"reason\": \"x\"}               | BAN_INVALID | 'somewhere'",
                "{\"address\": \"0.0.0.0/0\", \"reason\": \"x\"}               | BAN_INVALID | at most",
                "{\"address\": \"192.0.2.0/24\", \"reason\": \"x\"}            | BAN_COVERS_A_PROXY | trusted-proxies",
                "{\"deviceId\": \"mine\", \"reason\": \"x\"}                   | BAN_INVALID | 64 hex",
                "{\"deviceId\": \"mine\", \"address\": \"::1\", \"reason\": \"x\"} | BAN_INVALID | either",
                "{\"address\": \"203.0.113.9\", \"reason\": \"x\", \"ttl\": \"0d\"} | BAN_INVALID | ttl"
            })
    void ban_thatCannotBe_isRefusedWithWhy(String body, String code, String why) throws Exception {
        ManagementServer.Answer answer = server.call("POST", "/bans", body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().path("code").asText()).isEqualTo(code);
        assertThat(answer.body().path("detail").asText()).contains(why);
        assertThat(server.bans.list()).isEmpty();
    }
}
