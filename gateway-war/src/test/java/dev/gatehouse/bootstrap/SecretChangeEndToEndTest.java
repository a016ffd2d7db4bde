package dev.gatehouse.bootstrap;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import jakarta.websocket.CloseReason;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.gatehouse.bootstrap.GatewayFixture.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of live sessions when the shared secret is another one (wire reference 4.8). */
class SecretChangeEndToEndTest {

    private static final String OTHER = "another-" + SECRET;

    @TempDir
    private Path folder;

    private final TestDevice device = new TestDevice();
    private final Caller onDevice = Caller.of(
                    Callers.remoteCli().withToken(SECRET).withScopes("operator.read"))
            .on(device);
    private final List<Peer> open = new ArrayList<>();

    @AfterEach
    void leave() {
        open.forEach(Peer::leave);
    }

    @Test
    void sessionWithoutADevice_endsWithTheSecret_andOthersGoOn() {
        try (GatewayFixture gateway = GatewayFixture.withToken(folder.resolve("home"))) {
            gateway.pair(onDevice);
            Peer bySecret = enter(gateway, onDevice);
            String token = gateway.admit(onDevice).at("/auth/deviceToken").asText();
            Peer byToken = enter(gateway, byToken(token));
            Peer owner = enter(gateway, owner(SECRET));

            gateway.rewriteSecret(OTHER);

            assertAuthChanged(owner);
            assertThat(byToken.result("health", "{}").path("ok").asBoolean()).isTrue();
            assertThat(bySecret.result("health", "{}").path("ok").asBoolean()).isTrue();
            enter(gateway, owner(OTHER));
            enter(gateway, byToken(token));
        }
    }

    @Test
    void sessionOfADevice_thatCameByTheSecret_endsWithItWhereTheOperatorSaysSo() {
        try (GatewayFixture gateway =
                GatewayFixture.withToken(folder.resolve("home"), "GATEHOUSE_DEVICES_BOUND_TO_SECRET", "true")) {
            gateway.pair(onDevice);
            String token = gateway.admit(onDevice).at("/auth/deviceToken").asText();
            Peer byToken = enter(gateway, byToken(token));
            Peer bySecret = enter(gateway, onDevice);

            gateway.rewriteSecret(OTHER);

            assertAuthChanged(bySecret);
            assertThat(byToken.result("health", "{}").path("ok").asBoolean()).isTrue();
        }
    }

    @Test
    void secretThatCannotBeRead_endsNoSession() {
        try (GatewayFixture gateway = GatewayFixture.withToken(folder.resolve("home"))) {
            Peer owner = enter(gateway, owner(SECRET));

            gateway.rewriteSecret("");
            gateway.lookAtSecrets();
            gateway.rewriteSecret(SECRET);
            gateway.lookAtSecrets();

            assertThat(owner.result("health", "{}").path("ok").asBoolean()).isTrue();
            gateway.rewriteSecret("");
            gateway.lookAtSecrets();
            gateway.rewriteSecret(OTHER);
            assertAuthChanged(owner);
        }
    }

    private static Caller owner(String secret) {
        return Caller.of(Callers.localCli().withToken(secret).withScopes("operator.read"));
    }

    private Caller byToken(String token) {
        return Caller.of(Callers.remoteCli().withDeviceToken(token).withScopes("operator.read"))
                .on(device);
    }

    private Peer enter(GatewayFixture gateway, Caller caller) {
        Peer peer = gateway.connect(caller);
        open.add(peer);
        peer.hello();
        return peer;
    }

    private static void assertAuthChanged(Peer peer) {
        assertThat(peer.close())
                .extracting(close -> close.getCloseCode().getCode(), CloseReason::getReasonPhrase)
                .containsExactly(4001, "gateway auth changed");
    }
}
