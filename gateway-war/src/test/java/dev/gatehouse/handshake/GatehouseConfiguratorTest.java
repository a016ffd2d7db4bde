package dev.gatehouse.handshake;

import java.util.List;
import java.util.Optional;

import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;

import dev.gatehouse.admission.UpgradeStage;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GatehouseConfiguratorTest {

    private final CurrentUpgrade current = new CurrentUpgrade();
    private final RunningChain chain = new RunningChain();
    private final Endpoint endpoint = new SilentEndpoint();
    private final GatehouseConfigurator configurator = new GatehouseConfigurator(current, chain::chain, () -> endpoint);

    @AfterEach
    void stop() {
        current.end();
        chain.close();
    }

    @Test
    void handshake_withFacts_leavesItsStageToTheEndpoint() {
        UpgradeContext facts = ConnectFixture.cli().upgrade();
        current.begin(facts, Places.place());

        Optional<UpgradeStage> stage = stageAfterHandshake();

        assertThat(stage).map(UpgradeStage::context).containsSame(facts);
    }

    @Test
    void handshake_thatDidNotComeThroughTheFilter_leavesNoStage() {
        assertThat(stageAfterHandshake()).isEmpty();
    }

    @Test
    void handshake_negotiatesNothing_andLeavesOriginsToTheCheck() {
        assertThat(configurator.getNegotiatedSubprotocol(List.of("a"), List.of("a")))
                .isEmpty();
        assertThat(configurator.getNegotiatedExtensions(List.of(), List.of())).isEmpty();
        assertThat(configurator.checkOrigin("https://evil.example")).isTrue();
    }

    @Test
    void endpoint_isTheOneThatTheGatewayMakes() {
        assertThat(configurator.getEndpointInstance(SilentEndpoint.class)).isSameAs(endpoint);
    }

    private Optional<UpgradeStage> stageAfterHandshake() {
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(SilentEndpoint.class, "/")
                .configurator(configurator)
                .build();
        configurator.modifyHandshake(config, Stub.unused(HandshakeRequest.class), Stub.unused(HandshakeResponse.class));
        return UpgradeStage.takeFrom(config.getUserProperties());
    }

    static final class SilentEndpoint extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {}
    }
}
