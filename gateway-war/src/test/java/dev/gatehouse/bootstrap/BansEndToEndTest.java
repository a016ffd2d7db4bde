package dev.gatehouse.bootstrap;

import java.nio.file.Path;

import jakarta.websocket.CloseReason;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.gatehouse.bootstrap.GatewayFixture.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

/** Somebody is shut out of a whole gateway, and let in again. */
class BansEndToEndTest {

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
    void device_thatIsBanned_losesItsSession_andComesBackWhenTheBanIsLifted() throws Exception {
        TestDevice device = new TestDevice();
        Caller laptop = Caller.of(Callers.remoteCli().withToken(SECRET).withScopes("operator.read"))
                .on(device);
        gateway.pair(laptop);
        Peer live = gateway.connect(laptop);
        live.hello();

        JsonNode ban = rest.post("/bans", "{\"deviceId\": \"" + device.id() + "\", \"reason\": \"stolen\"}")
                .body();

        CloseReason close = live.close();
        assertThat(close.getCloseCode().getCode()).isEqualTo(4001);
        assertThat(close.getReasonPhrase()).isEqualTo("banned");
        Peer refused = gateway.connect(laptop);
        JsonNode error = refused.error();
        assertThat(error.at("/details/code").asText()).isEqualTo("AUTH_RATE_LIMITED");
        assertThat(error.at("/details/reason").asText()).isEqualTo("BANNED");
        assertThat(refused.close().getCloseCode().getCode()).isEqualTo(1008);
        assertThat(refused.close().getReasonPhrase()).isEqualTo("banned: this device: stolen");
        JsonNode explained = rest.get("/refusals/" + refused.refusalId()).body();
        assertThat(explained.path("code").asText()).isEqualTo("BANNED");
        assertThat(explained.path("fixes").toString())
                .contains("-X DELETE")
                .contains("/api/v1/bans/" + ban.path("banId").asText());

        rest.call("DELETE", "/bans/" + ban.path("banId").asText(), "");

        gateway.admit(laptop);
    }

    @Test
    void address_thatIsBanned_isRefusedWhateverItKnows_andOthersComeIn() throws Exception {
        Caller remote = Caller.of(Callers.remoteCli().withToken(SECRET));
        Caller local = Caller.of(Callers.localCli().withToken(SECRET));
        Peer neighbour = gateway.connect(local);
        neighbour.hello();

        rest.post("/bans", "{\"address\": \"" + Callers.REMOTE + "\", \"reason\": \"guessing\", \"ttl\": \"1h\"}");

        JsonNode error = gateway.connect(remote).error();
        assertThat(error.path("message").asText()).startsWith("banned: this address until ");
        assertThat(error.path("retryAfterMs").asLong()).isBetween(3_000_000L, 3_600_001L);
        assertThat(neighbour.isClosed()).isFalse();
        gateway.admit(local);
    }
}
