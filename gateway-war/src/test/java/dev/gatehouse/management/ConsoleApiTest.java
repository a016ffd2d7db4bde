package dev.gatehouse.management;

import java.util.ArrayList;
import java.util.List;

import dev.gatehouse.console.ConsoleSession;
import dev.gatehouse.device.Authority;
import dev.gatehouse.device.RegistryFixture;
import dev.gatehouse.management.ManagementServer.Answer;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The API as the console's pages call it: by cookie. */
class ConsoleApiTest {

    private final ManagementServer server = new ManagementServer();
    private final ConsoleSession session =
            server.consoleSessions.open(Secret.of(server.key)).orElseThrow();
    private final String cookie =
            "theme=dark; gatehouse_console=" + session.cookie().expose();
    private final String csrf = session.csrfToken().expose();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void read_byThePage_isAnswered() throws Exception {
        assertThat(read("Sec-Fetch-Site", "same-origin").status()).isEqualTo(200);
        assertThat(read("Sec-Fetch-Site", "none").status()).isEqualTo(200);
        assertThat(read("Origin", "http://" + server.host()).status()).isEqualTo(200);
        assertThat(read().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "SAME-ORIGIN", "same-origin, same-origin", ""})
    void read_byAnotherPage_isRefused(String site) throws Exception {
        assertProblem(read("Sec-Fetch-Site", site), 403, "CROSS_SITE_REFUSED");
    }

    @Test
    void change_byThePage_isCarriedOut() throws Exception {
        assertThat(reject("X-Gatehouse-Csrf", csrf, "Sec-Fetch-Site", "same-origin")
                        .status())
                .isEqualTo(200);
        assertThat(reject("X-Gatehouse-Csrf", csrf, "Origin", "http://" + server.host())
                        .status())
                .isEqualTo(200);
        assertThat(reject("X-Gatehouse-Csrf", csrf, "Sec-Fetch-Site", "same-origin", "Origin", "https://behind.example")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void change_withoutTheCsrfToken_isRefused() throws Exception {
        String foreign = server.consoleSessions
                .open(Secret.of(server.key))
                .orElseThrow()
                .csrfToken()
                .expose();

        assertProblem(reject("Sec-Fetch-Site", "same-origin"), 403, "CSRF_TOKEN_REQUIRED");
        assertProblem(reject("Sec-Fetch-Site", "same-origin", "X-Gatehouse-Csrf", foreign), 403, "CSRF_TOKEN_REQUIRED");
    }

    @Test
    void change_byAnotherPage_isRefusedWithAnyToken() throws Exception {
        for (String[] from : new String[][] {
            {"Sec-Fetch-Site", "cross-site"},
            {"Sec-Fetch-Site", "same-site"},
            {"Sec-Fetch-Site", "none"},
            {"Origin", "http://evil.example"},
            {"Origin", "http://" + server.host() + ".evil.example"},
            {"Origin", "http://" + server.host() + "@evil.example"},
            {"Origin", "null"},
            {"Origin", "http://[broken"},
            {"Sec-Fetch-Site", "cross-site", "Origin", "http://" + server.host()},
            {}
        }) {
            List<String> headers = new ArrayList<>(List.of("X-Gatehouse-Csrf", csrf));
            headers.addAll(List.of(from));

            assertProblem(reject(headers.toArray(String[]::new)), 403, "CROSS_SITE_REFUSED");
        }
    }

    @Test
    void cookie_ofNobody_isSignedOut_andAKeyBesideItStillCounts() throws Exception {
        String other = "gatehouse_console=" + "A".repeat(43);

        assertProblem(
                server.callFromBrowser("GET", "/devices", "Cookie", other, "Sec-Fetch-Site", "same-origin"),
                401,
                "CONSOLE_SIGNED_OUT");
        assertThat(server.callFromBrowser("GET", "/devices", "Cookie", other, "Authorization", "Bearer " + server.key)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void wrongKey_besideAGoodCookie_isRefused() throws Exception {
        assertProblem(read("Authorization", "Bearer gk_00000000_" + "A".repeat(43)), 401, "API_KEY_REQUIRED");
    }

    @Test
    void revokedKey_endsItsSessionsAtOnce() throws Exception {
        server.keys.revoke(Authority.owner(), session.key().id());

        assertProblem(read("Sec-Fetch-Site", "same-origin"), 401, "CONSOLE_SIGNED_OUT");
    }

    private Answer read(String... headers) throws Exception {
        return call("GET", "/devices", headers);
    }

    /** A change that has something to change each time. */
    private Answer reject(String... headers) throws Exception {
        String request = server.fixture.open(RegistryFixture.claim("d1", Role.OPERATOR, "operator.read"));
        return call("POST", "/pairing-requests/" + request + "/reject", headers);
    }

    private Answer call(String method, String path, String... headers) throws Exception {
        List<String> all = new ArrayList<>(List.of("Cookie", cookie));
        all.addAll(List.of(headers));
        return server.callFromBrowser(method, path, all.toArray(String[]::new));
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.mediaType()).isEqualTo("application/problem+json");
        assertThat(answer.body().at("/code").asText()).isEqualTo(code);
    }
}
