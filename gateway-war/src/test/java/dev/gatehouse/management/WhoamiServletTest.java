package dev.gatehouse.management;

import java.io.IOException;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.spi.UpgradeContext.Transport;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WhoamiServletTest {

    private static final ConnectFixture REMOTE = ConnectFixture.cli()
            .through("192.0.2.1", "203.0.113.9")
            .withHost("gw.example:18789")
            .withHeader("x-forwarded-for", "203.0.113.9");

    @Test
    void program_isToldHowTheGatewaySeesIt() throws IOException {
        JsonNode told = json(REMOTE);

        assertThat(told.path("peer").asText()).isEqualTo("192.0.2.1");
        assertThat(told.path("address").asText()).isEqualTo("203.0.113.9");
        assertThat(told.path("local").asBoolean(true)).isFalse();
        assertThat(told.path("localWhy").asText()).isNotEmpty();
        assertThat(told.path("secure").asBoolean(true)).isFalse();
        assertThat(told.path("secureWhy").asText()).startsWith("plain HTTP from another machine");
        assertThat(told.path("host").asText()).isEqualTo("gw.example:18789");
        assertThat(told.path("hops")).hasSize(2);
        assertThat(told.at("/hops/0/address").asText()).isEqualTo("203.0.113.9");
        assertThat(told.at("/hops/0/source").asText()).isEqualTo("x-forwarded-for");
        assertThat(told.at("/hops/1/address").asText()).isEqualTo("192.0.2.1");
        assertThat(told.at("/hops/1/trusted").asBoolean()).isTrue();
        assertThat(told.at("/forwarded/0/name").asText()).isEqualTo("x-forwarded-for");
        assertThat(told.at("/forwarded/0/value").asText()).isEqualTo("203.0.113.9");
    }

    @Test
    void client_overTlsOrOnThisMachine_isSecure() throws IOException {
        assertThat(json(REMOTE.over(Transport.TLS)).path("secureWhy").asText()).isEqualTo("TLS ends at this server");
        assertThat(json(REMOTE.over(Transport.TLS_AT_PROXY)).path("scheme").asText())
                .isEqualTo("https");
        assertThat(json(ConnectFixture.cli()).path("secure").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "*/*"})
    void credentials_areNamedAndNotShown(String accept) throws IOException {
        String body = call(
                        REMOTE.withHeader("authorization", "Bearer canary-1")
                                .withHeader("cookie", "s=canary-2")
                                .withHeader("x-forwarded-access-token", "canary-3")
                                .withHeader("x-forwarded-uri", "/ws?token=canary-4")
                                .withHeader("x-forwarded-user", "Basic canary-5")
                                .withHeader("x-api-key", "canary-6")
                                .withHeader("sec-websocket-protocol", "canary-7")
                                .withHeader("x-other", "canary-8"),
                        accept)
                .body();

        assertThat(body)
                .doesNotContain("canary")
                .contains("authorization", "cookie", "x-api-key", "x-forwarded-access-token", "***");
    }

    @Test
    void page_showsHostileTextAsText_andRunsNothing() throws IOException {
        JoinCall call = call(
                REMOTE.withHost("<script>alert(1)</script>")
                        .withOrigin("https://\u202Eelpmaxe\u001B[31m")
                        .withHeader("via", "\"><img src=x onerror=alert(1)> \uD83D\uDE00\r\nX: y"),
                "text/html,application/xhtml+xml");

        assertThat(call.type()).isEqualTo("text/html;charset=UTF-8");
        assertThat(call.body())
                .doesNotContain("<script", "<img", "\u202E", "\u001B", "\r")
                .contains("&lt;script&gt;", "https://&lt;U+202E&gt;elpmaxe", "\uD83D\uDE00", "&lt;U+000A&gt;X: y");
        assertThat(call.headers)
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("X-Content-Type-Options", "nosniff")
                .hasEntrySatisfying(
                        "Content-Security-Policy",
                        policy -> assertThat(policy)
                                .startsWith("default-src 'none'")
                                .doesNotContain("script-src"));
    }

    @Test
    void headers_withoutNumber_areCutOff() throws IOException {
        ConnectFixture flood = REMOTE;
        for (int i = 0; i < 100; i++) {
            flood = flood.withHeader("x-forwarded-" + i, "y".repeat(5000));
        }

        assertThat(call(flood, "text/html").body()).hasSizeLessThan(20_000);
    }

    @Test
    void caller_whoseWebSocketIsRefused_isToldSoAndWhy() throws IOException {
        Optional<String> why = Optional.of("header 'x-forwarded-<b>' came from 192.0.2.1");

        assertThat(tree(call(REMOTE, why, "application/json")).path("refused").asText())
                .isEqualTo("header 'x-forwarded-<b>' came from 192.0.2.1");
        assertThat(call(REMOTE, why, "text/html").body())
                .contains("refused with HTTP 403, proxy_attribution_required: header &#39;x-forwarded-&lt;b&gt;&#39;");
    }

    @Test
    void caller_whoseWebSocketTheChecksExamine_isNotToldOfARefusal() throws IOException {
        assertThat(json(REMOTE).has("refused")).isFalse();
        assertThat(call(REMOTE, "text/html").body())
                .contains("is examined by the checks")
                .doesNotContain("403");
    }

    @Test
    void reason_ofARefusal_isCutOff() throws IOException {
        Optional<String> why = Optional.of("header 'x-forwarded-" + "y".repeat(9000) + "' came");

        assertThat(tree(call(REMOTE, why, "application/json")).path("refused").asText())
                .hasSizeLessThan(400);
    }

    private static JsonNode json(ConnectFixture facts) throws IOException {
        return tree(call(facts, "application/json"));
    }

    private static JsonNode tree(JoinCall call) throws IOException {
        assertThat(call.type()).isEqualTo("application/json");
        return new ObjectMapper().readTree(call.body());
    }

    private static JoinCall call(ConnectFixture facts, String accept) throws IOException {
        return call(facts, Optional.empty(), accept);
    }

    private static JoinCall call(ConnectFixture facts, Optional<String> refused, String accept) throws IOException {
        return new JoinCall("")
                .with("Accept", accept)
                .get(new WhoamiServlet(request -> new SeenCaller(facts.upgrade(), refused)));
    }
}
