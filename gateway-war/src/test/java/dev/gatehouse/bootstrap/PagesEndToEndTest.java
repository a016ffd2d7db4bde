package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import jakarta.websocket.CloseReason;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.session.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.gatehouse.bootstrap.GatewayFixture.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

/** Live sessions of pages whose origin is taken off the list while they are open; only the config file is touched. */
class PagesEndToEndTest {

    private static final String LEAVING = "https://leaving.example";
    private static final String STAYING = "https://a.ui.example";

    @TempDir
    private Path folder;

    private GatewayFixture gateway;
    private final List<Peer> open = new ArrayList<>();

    @BeforeEach
    void start() {
        gateway = GatewayFixture.withToken(folder.resolve("home"));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void page_takenOffTheList_isClosed_andOtherSessionsStay() {
        allow("\"" + LEAVING + "\", \"https://*.ui.example\"");
        Peer leaving = enter(
                Caller.of(Callers.remoteControlUi(LEAVING).withToken(SECRET)).onNewDevice());
        Peer staying = enter(
                Caller.of(Callers.remoteControlUi(STAYING).withToken(SECRET)).onNewDevice());
        Peer program = enter(Caller.of(Callers.localCli().withToken(SECRET).withScopes("operator.read")));

        allow("\"https://*.ui.example\"");

        assertThat(leaving.close())
                .extracting(close -> close.getCloseCode().getCode(), CloseReason::getReasonPhrase)
                .containsExactly(1008, "origin not allowed");
        assertThat(staying.result("health", "{}").path("ok").asBoolean()).isTrue();
        assertThat(program.result("health", "{}").path("ok").asBoolean()).isTrue();
        assertThat(journaled().path("data").path("origin").asText()).isEqualTo(LEAVING);
        assertThat(journaled().path("data").path("reason").asText()).isEqualTo("origin not allowed");
    }

    /** The newest session that ended, once it is in the journal. */
    private JsonNode journaled() {
        try (RestServer rest = gateway.rest()) {
            Eventually.holds(
                    "the end of the session is in the journal",
                    () -> !ended(rest).isEmpty());
            return ended(rest).get(0);
        }
    }

    private static List<JsonNode> ended(RestServer rest) {
        List<JsonNode> entries = new ArrayList<>();
        try {
            rest.get("/audit").body().path("items").forEach(entries::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return entries.stream()
                .filter(entry -> entry.path("type").asText().equals("session.terminated"))
                .toList();
    }

    private void allow(String origins) {
        gateway.reconfigure("origin: {allowed-origins: [" + origins + "]}");
    }

    private Peer enter(Caller caller) {
        if (caller.device().isPresent()) {
            gateway.pair(caller);
        }
        Peer peer = gateway.connect(caller);
        open.add(peer);
        peer.hello();
        return peer;
    }
}
