package dev.gatehouse.bootstrap;

import java.nio.file.Path;
import java.util.List;

import jakarta.websocket.CloseReason;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.device.Authority;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.gatehouse.bootstrap.Callers.WRONG;
import static dev.gatehouse.bootstrap.GatewayFixture.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

/** A device from its first attempt to its removal. */
class DeviceLifeEndToEndTest {

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
    void device_isRefused_approved_admitted_andRemoved() {
        assertThat(gateway.connect(Caller.of(cli).on(device)).errorCode()).isEqualTo("AUTH_TOKEN_MISSING");

        String requestId = gateway.requestPairing(withSecret);
        assertThat(gateway.requestPairing(withSecret)).isEqualTo(requestId);
        assertThat(gateway.requestPairing(withSecret)).isEqualTo(requestId);
        gateway.approve(requestId);

        Peer first = gateway.connect(withSecret);
        JsonNode auth = first.hello().path("auth");
        assertThat(auth.path("role").asText()).isEqualTo("operator");
        assertThat(auth.path("method").asText()).isEqualTo("token");
        assertThat(scopes(auth)).containsExactly("operator.read");

        Caller withDeviceToken = Caller.of(
                        cli.withDeviceToken(auth.path("deviceToken").asText()))
                .on(device);
        Peer second = gateway.connect(withDeviceToken);
        JsonNode again = second.hello().path("auth");
        assertThat(again.path("method").asText()).isEqualTo("device-token");
        assertThat(again.has("deviceToken")).isFalse();
        assertThat(scopes(again)).containsExactly("operator.read");

        gateway.devices().remove(Authority.owner(), device.id());

        for (Peer live : List.of(first, second)) {
            assertThat(live.close())
                    .extracting(close -> close.getCloseCode().getCode(), CloseReason::getReasonPhrase)
                    .containsExactly(4001, "device removed");
        }
        RecordedRefusal.of("R43", "").assertToldTo(gateway.connect(withDeviceToken), withDeviceToken);
        assertThat(gateway.requestPairing(withSecret)).isNotEqualTo(requestId);
    }

    @Test
    void removal_ofOneDevice_leavesTheOthersAlone() {
        Caller other = Caller.of(cli.withToken(SECRET)).onNewDevice();
        gateway.pair(withSecret);
        gateway.pair(other);
        Peer removed = gateway.connect(withSecret);
        Peer kept = gateway.connect(other);
        removed.hello();
        kept.hello();

        gateway.devices().remove(Authority.owner(), device.id());

        removed.close();
        assertThat(kept.isClosed()).isFalse();
    }

    @Test
    void narrowerApproval_admitsWithFewerScopes_andAsksForNoUpgrade() {
        Caller asking = Caller.of(cli.withToken(SECRET).withScopes("operator.read", "operator.admin"))
                .on(device);

        gateway.approve(gateway.requestPairing(asking), "operator.read");

        JsonNode auth = gateway.admit(asking).path("auth");
        assertThat(scopes(auth)).containsExactly("operator.read");
        Caller onToken = Caller.of(cli.withDeviceToken(auth.path("deviceToken").asText())
                        .withScopes("operator.read", "operator.admin"))
                .on(device);
        assertThat(scopes(gateway.admit(onToken).path("auth"))).containsExactly("operator.read");
        assertThat(gateway.waiting(device)).isZero();
    }

    @Test
    void rejection_letsTheDeviceAskAgain() {
        String requestId = gateway.requestPairing(withSecret);

        gateway.devices().reject(Authority.owner(), requestId);

        assertThat(gateway.requestPairing(withSecret)).isNotEqualTo(requestId);
    }

    @Test
    void wrongDeviceToken_besideTheRightSecret_isAdmitted() {
        gateway.pair(withSecret);

        Caller both = Caller.of(cli.withToken(SECRET).withDeviceToken(WRONG)).on(device);

        assertThat(gateway.admit(both).at("/auth/method").asText()).isEqualTo("token");
    }

    @Test
    void deviceToken_inThePlaceOfTheSharedToken_isAdmitted() {
        Caller old = Caller.of(cli.withToken(pairedToken())).on(device);

        assertThat(gateway.admit(old).at("/auth/method").asText()).isEqualTo("device-token");
    }

    @Test
    void rightDeviceToken_besideAWrongSecret_isAdmitted() {
        Caller both =
                Caller.of(cli.withToken(WRONG).withDeviceToken(pairedToken())).on(device);

        assertThat(gateway.admit(both).at("/auth/method").asText()).isEqualTo("device-token");
    }

    @Test
    void deviceToken_thatWasNeverUsed_isDeliveredAnew() {
        String lost = pairedToken();

        String delivered = gateway.admit(withSecret).at("/auth/deviceToken").asText();

        assertThat(delivered).isNotEqualTo(lost).hasSize(43);
        assertThat(gateway.connect(Caller.of(cli.withDeviceToken(lost)).on(device))
                        .errorCode())
                .isEqualTo("AUTH_DEVICE_TOKEN_MISMATCH");
        gateway.admit(Caller.of(cli.withDeviceToken(delivered)).on(device));
    }

    @Test
    void client_thatLeaves_isLiveNoLonger() {
        gateway.pair(withSecret);
        int before = gateway.liveSessions();
        Peer peer = gateway.connect(withSecret);
        peer.hello();
        assertThat(gateway.liveSessions()).isEqualTo(before + 1);

        peer.leave();

        assertThat(gateway.liveSessions()).isEqualTo(before);
    }

    private String pairedToken() {
        gateway.pair(withSecret);
        return gateway.admit(withSecret).at("/auth/deviceToken").asText();
    }

    private static List<String> scopes(JsonNode auth) {
        return auth.path("scopes").valueStream().map(JsonNode::asText).toList();
    }
}
