package dev.gatehouse.management;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.device.Actor;
import dev.gatehouse.device.KeyScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The keys of the API over HTTP, and what each is good for. */
class KeyApiTest {

    private final ManagementServer server = new ManagementServer();

    @AfterEach
    void close() {
        server.close();
    }

    /** What is let through finds nothing there, or nothing to read. */
    @ParameterizedTest
    @CsvSource({
        "GET,    /devices,                             READ",
        "GET,    /pairing-requests,                    READ",
        "GET,    /devices/nobody/history,              READ",
        "GET,    /devices/nobody/tokens,               READ",
        "GET,    /devices/nobody/tokens/node,          READ",
        "GET,    /node-requests/nobody,                READ",
        "GET,    /sessions/nobody,                     READ",
        "POST,   /keys,                                ADMIN",
        "GET,    /keys/nobody,                         ADMIN",
        "GET,    /audit,                               READ",
        "POST,   /audit/verify,                        READ",
        "GET,    /webhooks,                            READ",
        "GET,    /webhooks/nobody/deliveries,          READ",
        "POST,   /webhooks/nobody/deliveries/x/retry,  MANAGE",
        "DELETE, /webhooks/nobody/deliveries/x,        MANAGE",
        "POST,   /webhooks/nobody/test,                MANAGE",
        "POST,   /webhooks/nobody/start,               MANAGE",
        "POST,   /pairing-requests/nobody/approve,     APPROVE",
        "POST,   /pairing-requests/nobody/reject,      APPROVE",
        "POST,   /node-requests/nobody/reject,         APPROVE",
        "DELETE, /devices/nobody,                      MANAGE",
        "POST,   /devices/nobody/tokens/node/rotate,   MANAGE",
        "DELETE, /devices/nobody/tokens/node,          MANAGE",
        "DELETE, /invitations/nobody,                  MANAGE",
        "DELETE, /nodes/nobody,                        MANAGE",
        "DELETE, /sessions/nobody,                     MANAGE",
        "GET,    /bans,                                READ",
        "GET,    /bans/nobody,                         READ",
        "POST,   /bans,                                MANAGE",
        "DELETE, /bans/nobody,                         MANAGE",
        "GET,    /keys,                                ADMIN",
        "DELETE, /keys/nobody,                         ADMIN"
    })
    void call_needsItsScope(String method, String path, KeyScope needed) throws Exception {
        for (KeyScope scope : KeyScope.values()) {
            ManagementServer.Answer answer = server.callWithKey(key(scope), method, path);

            if (scope.covers(needed)) {
                assertThat(answer.status()).as("%s %s", scope, path).isNotIn(401, 403);
            } else {
                assertThat(answer.status()).as("%s %s", scope, path).isEqualTo(403);
                assertThat(answer.body().get("code").asText()).isEqualTo("KEY_SCOPE_INSUFFICIENT");
                assertThat(answer.body().get("detail").asText()).contains("'" + needed.label() + "'");
            }
        }
    }

    @Test
    void key_madeAndEndedOverRest_worksInBetween() throws Exception {
        JsonNode made = server.call("POST", "/keys", "{\"label\": \"ci\", \"scope\": \"read\", \"ttl\": \"90d\"}")
                .body();
        String key = made.get("key").asText();
        assertThat(made.get("scope").asText()).isEqualTo("read");
        assertThat(made.has("expiresAt")).isTrue();
        assertThat(server.callWithKey(key, "GET", "/devices").status()).isEqualTo(200);

        JsonNode listed = server.call("GET", "/keys").body();
        assertThat(listed.toString()).contains("\"label\":\"ci\"").doesNotContain(key);
        assertThat(server.call("DELETE", "/keys/" + made.get("keyId").asText()).status())
                .isEqualTo(204);

        assertThat(server.callWithKey(key, "GET", "/devices").status()).isEqualTo(401);
        assertThat(server.call("DELETE", "/keys/" + made.get("keyId").asText()).status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"label\": \"x\"}",
                "{\"scope\": \"read\"}",
                "{\"label\": \"x\", \"scope\": \"root\"}",
                "{\"label\": \"x\", \"scope\": \"read\", \"ttl\": \"0d\"}",
                "{\"label\": \"x\", \"scope\": \"read\", \"ttl\": \"99999d\"}"
            })
    void key_thatCannotBe_isNotMade(String body) throws Exception {
        assertThat(server.call("POST", "/keys", body).status()).isEqualTo(422);
    }

    private String key(KeyScope scope) {
        return server.keys
                .create(Actor.OWNER, scope.label(), scope, Optional.empty())
                .secret()
                .expose();
    }
}
