package dev.gatehouse.management;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.device.Authority;
import dev.gatehouse.management.ManagementServer.Answer;
import dev.gatehouse.spi.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.gatehouse.device.RegistryFixture.claim;
import static org.assertj.core.api.Assertions.assertThat;

/** What can be asked of the lists of the API. */
class ListApiTest {

    private final ManagementServer server = new ManagementServer();

    @BeforeEach
    void fill() {
        for (String device : List.of("d1", "d2", "d3")) {
            server.fixture.pair(device, "operator.read");
        }
        server.fixture.registry.relabel(Authority.owner(), "d2", "b <i>\u202e\ud83d\ude80");
        server.fixture.registry.relabel(Authority.owner(), "d1", "c");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void devices_sortedAndFiltered_pageByPage() throws Exception {
        List<String> seen = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            JsonNode page = server.call("GET", "/devices?limit=1&sort=-name&state=active" + next.get())
                    .body();
            page.at("/items").forEach(item -> seen.add(item.at("/deviceId").asText()));
            next = Optional.of(page.at("/next").asText())
                    .filter(cursor -> !cursor.isEmpty())
                    .map(cursor -> "&after=" + encoded(cursor));
        }

        assertThat(seen).containsExactly("d1", "d2", "d3");
        assertThat(ids("/devices?name=" + encoded("\ud83d\ude80"), "deviceId")).containsExactly("d2");
        assertThat(ids("/devices?role=node", "deviceId")).isEmpty();
        assertThat(ids("/devices?clientId=cli&platform=Linux", "deviceId")).hasSize(3);
        assertThat(ids("/devices?lastSeenBefore=2026-11-22T10:00:00Z", "deviceId"))
                .hasSize(3);
        assertThat(ids("/devices?lastSeenAfter=2026-11-22T10:00:00Z", "deviceId"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sort=age",
                "sort=--name",
                "state=happy",
                "role=king",
                "lastSeenBefore=yesterday",
                "lastSeenAfter=1",
                "after=LTE"
            })
    void devices_askedForWhatThereIsNot_sayWhatThereIs(String query) throws Exception {
        Answer answer = server.call("GET", "/devices?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/code").asText()).isEqualTo("QUERY_INVALID");
    }

    @Test
    void devices_cursorOfAnotherOrder_isRefused() throws Exception {
        String next = server.call("GET", "/devices?limit=1").body().at("/next").asText();

        assertThat(server.call("GET", "/devices?limit=1&after=" + encoded(next)).status())
                .isEqualTo(200);
        assertThat(server.call("GET", "/devices?limit=1&sort=name&after=" + encoded(next))
                        .status())
                .isEqualTo(400);
        assertThat(server.call("GET", "/devices?limit=1&name=a&after=" + encoded(next))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void devices_longName_isRefused() throws Exception {
        assertThat(server.call("GET", "/devices?name=" + "x".repeat(257)).status())
                .isEqualTo(400);
    }

    @Test
    void tokens_ofADevice_areListedByRoleWithoutThemselves() throws Exception {
        server.fixture.registry.tokenForHello("d1", Role.OPERATOR);

        Answer answer = server.call("GET", "/devices/d1/tokens");

        assertThat(answer.body().at("/items")).hasSize(1);
        assertThat(answer.body().at("/items/0/tokenIssuedAt").asText()).isNotEmpty();
        assertThat(answer.body().at("/items/0"))
                .isEqualTo(server.call("GET", "/devices/d1/tokens/operator").body());
        assertThat(answer.response().body()).doesNotContain("sha256");
        assertThat(server.call("GET", "/devices/d1/tokens/node").status()).isEqualTo(404);
        assertThat(server.call("GET", "/devices/nobody/tokens").status()).isEqualTo(404);
    }

    @Test
    void pairingRequests_ofOneDevice_areFound() throws Exception {
        String request = server.fixture.open(claim("d4", Role.OPERATOR, "operator.read"));
        server.fixture.open(claim("d5", Role.OPERATOR, "operator.read"));

        assertThat(ids("/pairing-requests?deviceId=d4", "requestId")).containsExactly(request);
        assertThat(ids("/pairing-requests?deviceId=d1&state=approved", "deviceId"))
                .containsExactly("d1");
    }

    @Test
    void sessions_ofOneDeviceOrRole_areFound() throws Exception {
        server.sessions.add("s1", "a", Optional.empty(), Instant.parse("2026-11-22T10:00:00Z"));
        server.sessions.add("s2", "b", Optional.empty(), Instant.parse("2026-11-22T10:00:00Z"));

        assertThat(ids("/sessions?deviceId=" + encoded("device of s2"), "id")).containsExactly("s2");
        assertThat(ids("/sessions?role=operator", "id")).hasSize(2);
        assertThat(ids("/sessions?role=node", "id")).isEmpty();
    }

    @Test
    void invitations_inOneState_areFound() throws Exception {
        String open = invited();
        String withdrawn = invited();
        server.call("DELETE", "/invitations/" + withdrawn);

        assertThat(ids("/invitations?state=open", "invitationId")).containsExactly(open);
        assertThat(ids("/invitations?state=revoked", "invitationId")).containsExactly(withdrawn);
        assertThat(server.call("GET", "/invitations?state=lost").status()).isEqualTo(400);
    }

    private String invited() throws Exception {
        return server.call("POST", "/invitations", "{\"profile\": \"node\"}")
                .body()
                .at("/invitationId")
                .asText();
    }

    private List<String> ids(String path, String member) throws Exception {
        List<String> ids = new ArrayList<>();
        server.call("GET", path)
                .body()
                .at("/items")
                .forEach(item -> ids.add(item.at("/" + member).asText()));
        return ids;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
