package dev.gatehouse.management;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.management.ManagementServer.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SessionApiTest {

    private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");

    private final ManagementServer server = new ManagementServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void list_showsWhoIsThereAndHowTheyCame() throws Exception {
        server.sessions.add("s1", "Ada's laptop", Optional.empty(), TEN);

        Answer answer = server.call("GET", "/sessions");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().toString())
                .isEqualTo("{\"items\":[{\"id\":\"s1\",\"deviceId\":\"device of s1\",\"role\":\"operator\","
                        + "\"client\":{\"id\":\"cli\",\"mode\":\"cli\",\"version\":\"2026.9.6\",\"platform\":\"linux\","
                        + "\"displayName\":\"Ada's laptop\"},\"peer\":\"local\",\"scopes\":[\"operator.read\"],"
                        + "\"method\":\"device-token\",\"since\":\"2026-11-22T10:00:00Z\"}]}");
    }

    @Test
    void list_pageByPage_isNewestFirstAndWhole() throws Exception {
        server.sessions.add("old", "a", Optional.of("192.0.2.7"), TEN);
        server.sessions.add("new-b", "b", Optional.of("192.0.2.7"), TEN.plusMillis(1));
        server.sessions.add("new-a", "c", Optional.of("192.0.2.7"), TEN.plusMillis(1));

        List<String> seen = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            Answer page =
                    server.call("GET", "/sessions?limit=1" + (next.get().isEmpty() ? "" : "&after=" + next.get()));
            page.body().at("/items").forEach(item -> seen.add(item.at("/id").asText()));
            next = Optional.of(page.body().at("/next").asText()).filter(cursor -> !cursor.isEmpty());
        }

        assertThat(seen).containsExactly("new-a", "new-b", "old");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"limit=0", "limit=1001", "limit=x", "after=x", "after=1~%3Cb%3E", "after=1234567890123456~a"})
    void list_wrongQuery_saysWhatIsAllowed(String query) throws Exception {
        Answer answer = server.call("GET", "/sessions?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/code").asText()).isEqualTo("QUERY_INVALID");
    }

    @Test
    void terminate_session_isGone_andUnknownTheSecondTime() throws Exception {
        server.sessions.add("s1", "a", Optional.empty(), TEN);

        assertThat(server.call("DELETE", "/sessions/s1").status()).isEqualTo(204);

        Answer again = server.call("DELETE", "/sessions/s1");
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.body().at("/code").asText()).isEqualTo("SESSION_UNKNOWN");
        assertThat(server.call("GET", "/sessions").body().at("/items")).isEmpty();
    }
}
