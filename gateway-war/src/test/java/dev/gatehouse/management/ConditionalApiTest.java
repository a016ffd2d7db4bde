package dev.gatehouse.management;

import java.time.Instant;
import java.util.Optional;

import dev.gatehouse.management.ManagementServer.Answer;
import dev.gatehouse.spi.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.gatehouse.device.RegistryFixture.claim;
import static org.assertj.core.api.Assertions.assertThat;

/** Calls over HTTP that depend on what their caller has seen. */
class ConditionalApiTest {

    private static final String STALE = "\"AAAAAAAAAAAAAAAAAAAAAA\"";

    private final ManagementServer server = new ManagementServer();
    private String request = "";
    private String invitation = "";
    private String key = "";
    private String ban = "";

    @BeforeEach
    void fill() throws Exception {
        server.fixture.pair("d1", "operator.read");
        server.fixture.approve(server.fixture.open(claim("n1", Role.NODE)));
        request = server.fixture.open(claim("d2", Role.OPERATOR, "operator.read"));
        server.sessions.add("s1", "a", Optional.empty(), Instant.parse("2026-11-22T10:00:00Z"));
        invitation = server.call("POST", "/invitations", "{\"profile\": \"node\"}")
                .body()
                .at("/invitationId")
                .asText();
        key = server.call("POST", "/keys", "{\"label\": \"ci\", \"scope\": \"read\"}")
                .body()
                .at("/keyId")
                .asText();
        ban = server.call("POST", "/bans", "{\"address\": \"203.0.113.9\", \"reason\": \"x\"}")
                .body()
                .at("/banId")
                .asText();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/devices/d1",
                "/devices/d1/tokens/operator",
                "/pairing-requests/REQUEST",
                "/invitations/INVITATION",
                "/keys/KEY",
                "/bans/BAN",
                "/nodes/n1",
                "/sessions/s1"
            })
    void read_ofWhatTheCallerHas_is304(String path) throws Exception {
        Answer first = server.call("GET", real(path));
        String tag = tag(first);

        assertThat(first.status()).isEqualTo(200);
        assertThat(tag).matches("\"[A-Za-z0-9_-]{22}\"");
        for (String seen : new String[] {tag, "W/" + tag, STALE + ", " + tag, "*"}) {
            Answer again = server.callWith("GET", real(path), "", "If-None-Match", seen);
            assertThat(again.status()).as(seen).isEqualTo(304);
            assertThat(again.response().body()).isEmpty();
            assertThat(tag(again)).isEqualTo(tag);
        }
        assertThat(server.callWith("GET", real(path), "", "If-None-Match", STALE)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "PATCH,  /devices/d1,                        /devices/d1",
        "DELETE, /devices/d1,                        /devices/d1",
        "POST,   /devices/d1/tokens/operator/rotate, /devices/d1/tokens/operator",
        "DELETE, /devices/d1/tokens/operator,        /devices/d1/tokens/operator",
        "POST,   /pairing-requests/REQUEST/approve,  /pairing-requests/REQUEST",
        "POST,   /pairing-requests/REQUEST/reject,   /pairing-requests/REQUEST",
        "DELETE, /invitations/INVITATION,            /invitations/INVITATION",
        "DELETE, /keys/KEY,                          /keys/KEY",
        "DELETE, /bans/BAN,                          /bans/BAN",
        "DELETE, /nodes/n1,                          /nodes/n1",
        "DELETE, /sessions/s1,                       /sessions/s1"
    })
    void change_isMadeToWhatTheCallerSawOnly(String method, String path, String seenAt) throws Exception {
        String tag = tag(server.call("GET", real(seenAt)));
        String body = method.equals("PATCH") ? "{\"label\": \"laptop\"}" : "";

        for (String stale : new String[] {STALE, "W/" + tag, "nonsense"}) {
            Answer refused = server.callWith(method, real(path), body, "If-Match", stale);
            assertThat(refused.status()).as(stale).isEqualTo(412);
            assertThat(refused.body().at("/code").asText()).isEqualTo("PRECONDITION_FAILED");
            assertThat(tag(server.call("GET", real(seenAt)))).isEqualTo(tag);
        }

        Answer made = server.callWith(method, real(path), body, "If-Match", STALE + ", " + tag);
        assertThat(made.status()).as(made.response().body()).isIn(200, 204);
    }

    @Test
    void change_ofWhateverThereIs_isMade() throws Exception {
        assertThat(server.callWith("DELETE", "/devices/d1", "", "If-Match", "*").status())
                .isEqualTo(204);
        assertThat(server.callWith("DELETE", "/devices/d1", "", "If-Match", "*").status())
                .isEqualTo(404);
    }

    @Test
    void decision_bySecondOfTwoOperators_isRefusedAsChanged() throws Exception {
        String tag = tag(server.call("GET", "/pairing-requests/" + request));
        server.callWith("POST", "/pairing-requests/" + request + "/reject", "", "If-Match", tag);

        Answer second = server.callWith("POST", "/pairing-requests/" + request + "/approve", "", "If-Match", tag);

        assertThat(second.status()).isEqualTo(412);
        assertThat(server.fixture.registry.find("d2")).isEmpty();
    }

    @Test
    void change_answersWithTheTagOfWhatItMade() throws Exception {
        Answer relabelled = server.call("PATCH", "/devices/d1", "{\"label\": \"laptop\"}");
        Answer approved = server.call("POST", "/pairing-requests/" + request.substring(0, 9) + "/approve");
        Answer created = server.call("POST", "/keys", "{\"label\": \"x\", \"scope\": \"read\"}");

        assertThat(tag(relabelled)).isEqualTo(tag(server.call("GET", "/devices/d1")));
        assertThat(tag(approved)).isEqualTo(tag(server.call("GET", "/pairing-requests/" + request)));
        assertThat(header(approved, "Content-Location")).endsWith("/api/v1/pairing-requests/" + request);
        String location = header(created, "Location");
        assertThat(location)
                .endsWith("/api/v1/keys/" + created.body().at("/keyId").asText());
        assertThat(tag(created)).isEqualTo(tag(server.call("GET", location.substring(location.indexOf("/keys")))));
    }

    private String real(String path) {
        return path.replace("REQUEST", request)
                .replace("INVITATION", invitation)
                .replace("KEY", key)
                .replace("BAN", ban);
    }

    private static String tag(Answer answer) {
        return header(answer, "ETag");
    }

    private static String header(Answer answer, String name) {
        return answer.response().headers().firstValue(name).orElse("");
    }
}
