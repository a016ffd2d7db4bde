package dev.gatehouse.system;

import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Web pages that a person opens on the gateway's machine and that try to use the gateway, in a real browser: cross-site
 * WebSocket hijacking, and DNS rebinding. Each knows the right token, so that nothing but its origin keeps it out.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignPageIT {

    private static final String NOT_ALLOWED = "CONTROL_UI_ORIGIN_NOT_ALLOWED";

    private EmbeddedServer server;
    private BrowserScript browser;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = EmbeddedServer.start();
        browser = BrowserScript.start("foreign-page.mjs", folder, BrowserScript.screenshots());
    }

    @AfterAll
    void stop() {
        browser.close();
        server.close();
    }

    /** Without this, the others would say nothing. */
    @Test
    void pageOfThisMachine_isNotRefusedForItsOrigin() {
        JsonNode told = knock("http://localhost:5173/", server.webSocket());

        assertThat(told.path("origin").asText()).isEqualTo("http://localhost:5173");
        assertThat(told.path("code").asText()).isNotEqualTo(NOT_ALLOWED);
        assertThat(told.path("reason").asText()).doesNotContain("origin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.test/",
                "https://evil.test/",
                "http://localhost.evil.test/",
                "http://127.0.0.1.evil.test/",
                "http://gateway.example.evil.test:18789/"
            })
    void pageOfAnotherSite_isRefused(String url) {
        JsonNode told = knock(url, server.webSocket());

        assertRefused(told, NOT_ALLOWED, "origin not allowed");
        assertThat(url).startsWith(told.path("origin").asText());
    }

    /** Its name is one of this machine by now: host and origin agree, the peer is on loopback, and yet it is not local. */
    @Test
    void pageWhoseNameWasRebound_isRefused() {
        String authority = "evil.test:" + server.port();

        JsonNode told = knock("http://" + authority + "/", "ws://" + authority + "/");

        assertRefused(told, "CONTROL_UI_DEVICE_IDENTITY_REQUIRED", "insecure-context");
        assertThat(told.path("origin").asText()).isEqualTo("http://" + authority);
    }

    @Test
    void frameWithoutAnOriginOfItsOwn_isRefused() {
        JsonNode told = order("knockFromSandbox", "http://localhost:5173/", server.webSocket());

        assertRefused(told, NOT_ALLOWED, "origin missing or invalid");
        assertThat(told.path("origin").asText()).isEqualTo("null");
    }

    private static void assertRefused(JsonNode told, String code, String reason) {
        assertThat(told.path("admitted").asBoolean(true)).as("%s", told).isFalse();
        assertThat(told.path("code").asText()).as("%s", told).isEqualTo(code);
        assertThat(told.path("reason").asText()).as("%s", told).isEqualTo(reason);
        assertThat(told.path("closed").asInt()).as("%s", told).isEqualTo(1008);
    }

    private JsonNode knock(String url, String gateway) {
        return order("knock", url, gateway);
    }

    private JsonNode order(String what, String url, String gateway) {
        return browser.order(Map.of("do", what, "url", url, "gateway", gateway, "token", server.gatewayToken()));
    }
}
