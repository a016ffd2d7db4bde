package dev.gatehouse.handshake;

import java.util.List;
import java.util.function.Supplier;

import jakarta.websocket.Endpoint;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;

import dev.gatehouse.admission.AdmissionChain;

/**
 * Starts the upgrade stage of the admission chain for every WebSocket handshake, and hands it to the endpoint.
 *
 * <p>The container thread does not wait for the checks: a browser cannot see an HTTP refusal of an upgrade, so what they
 * say is told after the 101 anyway. An upgrade that did not come through {@link UpgradeFilter} carries no stage, and the
 * endpoint closes it. Safe for concurrent use.
 */
public final class GatehouseConfigurator extends ServerEndpointConfig.Configurator {

    private final CurrentUpgrade current;
    private final Supplier<AdmissionChain> chain;
    private final Supplier<? extends Endpoint> endpoints;

    /**
     * A configurator for the gateway's endpoint.
     *
     * @param chain the chain in force, asked for each connection
     * @param endpoints makes the endpoint of one connection
     */
    public GatehouseConfigurator(
            CurrentUpgrade current, Supplier<AdmissionChain> chain, Supplier<? extends Endpoint> endpoints) {
        this.current = current;
        this.chain = chain;
        this.endpoints = endpoints;
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        current.facts().ifPresent(facts -> {
            AdmissionChain.begin(chain, facts).putInto(config.getUserProperties());
            current.takePlace().ifPresent(place -> place.putInto(config.getUserProperties()));
        });
    }

    /** Origins are judged by a check, which can say what it saw; the container could only answer 403. */
    @Override
    public boolean checkOrigin(String originHeaderValue) {
        return true;
    }

    /** No subprotocol is ever negotiated (wire reference 1.1). */
    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return "";
    }

    /** No extension is ever negotiated (wire reference 1.1). */
    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return List.of();
    }

    @Override
    public <T> T getEndpointInstance(Class<T> endpointClass) {
        return endpointClass.cast(endpoints.get());
    }
}
