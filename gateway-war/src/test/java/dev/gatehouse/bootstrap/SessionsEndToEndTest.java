package dev.gatehouse.bootstrap;

import java.nio.file.Path;

import jakarta.websocket.CloseReason;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.gatehouse.bootstrap.GatewayFixture.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

/** Live sessions over REST. */
class SessionsEndToEndTest {

    private GatewayFixture gateway;
    private RestServer rest;

    @BeforeEach
    void start(@TempDir Path folder) {
        gateway = GatewayFixture.withToken(folder.resolve("home"));
        rest = gateway.rest();
    }

    @AfterEach
    void stop() {
        rest.close();
        gateway.close();
    }

    @Test
    void device_thatCameIn_isListedAsWhatItIs() throws Exception {
        Caller laptop = Caller.of(Callers.remoteCli().withToken(SECRET).withScopes("operator.read"))
                .on(new TestDevice());
        gateway.pair(laptop);
        JsonNode hello = gateway.admit(laptop);

        JsonNode sessions = rest.get("/sessions").body().path("items");

        assertThat(sessions).hasSize(1);
        JsonNode session = sessions.get(0);
        assertThat(session.path("id").asText())
                .isEqualTo(hello.at("/server/connId").asText());
        assertThat(session.path("deviceId").asText()).hasSize(64);
        assertThat(session.path("role").asText()).isEqualTo("operator");
        assertThat(session.at("/client/id").asText()).isEqualTo("cli");
        assertThat(session.path("peer").asText()).isEqualTo(Callers.REMOTE);
        assertThat(session.at("/scopes/0").asText()).isEqualTo("operator.read");
        assertThat(session.path("method").asText()).isEqualTo("token");
        assertThat(sessions.toString()).doesNotContain(SECRET);
    }

    @Test
    void session_ofThisMachine_isLocal_andGoneWhenItsClientLeaves() throws Exception {
        Peer peer = gateway.connect(Caller.of(ConnectFixture.backend().withToken(SECRET)));
        peer.hello();
        assertThat(rest.get("/sessions").body().at("/items/0/peer").asText()).isEqualTo("local");

        peer.leave();

        assertThat(rest.get("/sessions").body().path("items")).isEmpty();
    }

    @Test
    void terminate_closesTheSocketWith4001() throws Exception {
        Peer peer = gateway.connect(Caller.of(ConnectFixture.backend().withToken(SECRET)));
        peer.hello();
        String id = rest.get("/sessions").body().at("/items/0/id").asText();

        assertThat(rest.call("DELETE", "/sessions/" + id, "").status()).isEqualTo(204);

        CloseReason close = peer.close();
        assertThat(close.getCloseCode().getCode()).isEqualTo(4001);
        assertThat(close.getReasonPhrase()).isEqualTo("session terminated");
        assertThat(rest.call("DELETE", "/sessions/" + id, "").status()).isEqualTo(404);
    }
}
