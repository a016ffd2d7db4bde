package dev.gatehouse.handshake;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;

import dev.gatehouse.spi.UpgradeContext;

/**
 * Takes every WebSocket upgrade, on whatever path, to the gateway's endpoint; lets every other request pass.
 *
 * <p>The one way that works on every server: {@code upgradeHttpToWebSocket} with the path of an endpoint that is also
 * registered normally. Safe for concurrent use.
 */
public final class UpgradeFilter implements Filter {

    private static final String KEY = "Sec-WebSocket-Key";

    private final ServerContainer container;
    private final ServerEndpointConfig endpoint;
    private final Supplier<NetworkSettings> network;
    private final CurrentUpgrade current;
    private volatile UpgradeFacts facts;

    /**
     * A filter for the gateway's endpoint.
     *
     * @param network what stands in front of the gateway, asked for each upgrade
     */
    public UpgradeFilter(
            ServerContainer container,
            ServerEndpointConfig endpoint,
            Supplier<NetworkSettings> network,
            CurrentUpgrade current) {
        this.container = container;
        this.endpoint = endpoint;
        this.network = network;
        this.facts = new UpgradeFacts(network.get());
        this.current = current;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest http && isWebSocketUpgrade(http)) {
            upgrade(http, (HttpServletResponse) response);
            return;
        }
        chain.doFilter(request, response);
    }

    private void upgrade(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        current.begin(consistentFacts(request));
        try {
            container.upgradeHttpToWebSocket(new AddressOnlyRequest(request), response, endpoint, Map.of());
        } catch (DeploymentException e) {
            throw new ServletException("the container did not take the upgrade", e);
        } finally {
            current.end();
        }
    }

    /** What the gateway makes of a request as an upgrade, whether it is one or not. */
    public UpgradeContext factsOf(HttpServletRequest request) {
        facts = facts.by(network.get());
        return facts.of(request);
    }

    /**
     * Reads the facts, and makes sure that they are of one request: GlassFish was seen to recycle a request under the
     * thread that serves it. The key is random, so no two requests share it.
     */
    private UpgradeContext consistentFacts(HttpServletRequest request) throws ServletException {
        String key = request.getHeader(KEY);
        UpgradeContext read = factsOf(request);
        if (!Objects.equals(key, request.getHeader(KEY))) {
            throw new ServletException("the container took the request away while it was read");
        }
        return read;
    }

    private static boolean isWebSocketUpgrade(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Upgrade"))
                .filter("websocket"::equalsIgnoreCase)
                .isPresent();
    }
}
