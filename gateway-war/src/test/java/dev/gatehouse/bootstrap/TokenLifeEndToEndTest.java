package dev.gatehouse.bootstrap;

import java.nio.file.Path;
import java.util.Optional;

import jakarta.websocket.CloseReason;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.device.Authority;
import dev.gatehouse.spi.Role;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.gatehouse.bootstrap.GatewayFixture.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

/** A device token that is rotated and revoked, as its client sees it. */
class TokenLifeEndToEndTest {

    private static final Authority OWNER = Authority.owner();

    private static GatewayFixture gateway;

    private final TestDevice device = new TestDevice();
    private final ConnectFixture cli = Callers.remoteCli();
    private final Caller withSecret = Caller.of(cli.withToken(SECRET)).on(device);

    @BeforeAll
    static void start(@TempDir Path folder) {
        gateway = GatewayFixture.withToken(folder.resolve("home"));
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @Test
    void rotation_cutsTheSession_deliversTheNewTokenToTheOldOne_andThenEndsThat() {
        gateway.pair(withSecret);
        Caller old = with(gateway.admit(withSecret));
        Peer live = gateway.connect(old);
        live.hello();

        gateway.devices().rotate(OWNER, device.id(), Role.OPERATOR, Optional.empty());

        assertCut(live);
        JsonNode onOld = gateway.admit(old);
        assertThat(onOld.at("/auth/method").asText()).isEqualTo("device-token");
        Caller fresh = with(onOld);
        assertThat(gateway.admit(fresh).path("auth").has("deviceToken")).isFalse();
        assertTold(gateway.connect(old), "token-rotated");
    }

    @Test
    void revocation_cutsTheSession_andTellsTheClientSoUntilItIsApprovedAgain() {
        gateway.pair(withSecret);
        Caller onToken = with(gateway.admit(withSecret));
        Peer live = gateway.connect(onToken);
        live.hello();

        gateway.devices().revoke(OWNER, device.id(), Role.OPERATOR);

        assertCut(live);
        assertTold(gateway.connect(onToken), "token-revoked");
        gateway.approve(gateway.requestPairing(withSecret));
        assertThat(gateway.admit(with(gateway.admit(withSecret)))
                        .at("/auth/method")
                        .asText())
                .isEqualTo("device-token");
    }

    private Caller with(JsonNode hello) {
        return Caller.of(cli.withDeviceToken(hello.at("/auth/deviceToken").asText()))
                .on(device);
    }

    private static void assertCut(Peer live) {
        assertThat(live.close())
                .extracting(close -> close.getCloseCode().getCode(), CloseReason::getReasonPhrase)
                .containsExactly(4001, "device removed");
    }

    private static void assertTold(Peer refused, String reason) {
        JsonNode error = refused.error();
        assertThat(error.at("/details/code").asText()).isEqualTo("AUTH_DEVICE_TOKEN_MISMATCH");
        assertThat(error.at("/details/reason").asText()).isEqualTo(reason);
        assertThat(refused.close().getReasonPhrase())
                .isEqualTo(error.path("message").asText());
    }
}
