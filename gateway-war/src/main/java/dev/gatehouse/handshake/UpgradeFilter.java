package dev.gatehouse.handshake;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
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

import dev.gatehouse.forwarded.Attribution;

/**
 * Takes every WebSocket upgrade, on whatever path, to the gateway's endpoint; lets every other request pass.
 *
 * <p>The one way that works on every server: {@code upgradeHttpToWebSocket} with the path of an endpoint that is also
 * registered normally. Safe for concurrent use.
 */
public final class UpgradeFilter implements Filter {

    private static final String KEY = "Sec-WebSocket-Key";

    /** Word for word as the stock clients know it, and under which id an operator finds it. */
    private static final String UNATTRIBUTED = """
            {"error":{"message":"Proxy client attribution is required. Configure gateway.trustedProxies narrowly and \
            make the proxy overwrite or safely rebuild forwarded client headers.",\
            "type":"proxy_attribution_required","refusalId":"%s"}}
            """.strip();

    private final ServerContainer container;
    private final ServerEndpointConfig endpoint;
    private final Supplier<NetworkSettings> network;
    private final CurrentUpgrade current;
    private final RefusedUpgrades refused;
    private volatile UpgradeFacts facts;

    /**
     * A filter for the gateway's endpoint.
     *
     * @param network what stands in front of the gateway, asked for each upgrade
     * @param refused is told of upgrades that are refused over HTTP
     */
    public UpgradeFilter(
            ServerContainer container,
            ServerEndpointConfig endpoint,
            Supplier<NetworkSettings> network,
            CurrentUpgrade current,
            RefusedUpgrades refused) {
        this.container = container;
        this.endpoint = endpoint;
        this.network = network;
        this.facts = new UpgradeFacts(network.get());
        this.current = current;
        this.refused = refused;
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
        Arrival arrival = consistentArrival(request);
        Optional<Attribution.Refused> unattributed = arrival.refused();
        if (unattributed.isPresent()) {
            refuse(response, refused.unattributed(arrival.facts(), unattributed.get()));
            return;
        }
        current.begin(arrival.facts());
        try {
            container.upgradeHttpToWebSocket(new AddressOnlyRequest(request), response, endpoint, Map.of());
        } catch (DeploymentException e) {
            throw new ServletException("the container did not take the upgrade", e);
        } finally {
            current.end();
        }
    }

    /** The address that whoever sent a request counts as; the peer's when nobody can tell. */
    public InetAddress clientOf(HttpServletRequest request) {
        return arrivalOf(request).facts().address();
    }

    /** What the gateway makes of a request as an upgrade, whether it is one or not. */
    public Arrival arrivalOf(HttpServletRequest request) {
        facts = facts.by(network.get());
        return facts.of(request);
    }

    /** Nobody could tell over the WebSocket who is spoken to, so the upgrade does not happen (wire reference 1.2). */
    private static void refuse(HttpServletResponse response, String refusalId) throws IOException {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.setContentType("application/json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(UNATTRIBUTED.formatted(refusalId));
    }

    /**
     * Reads the facts, and makes sure that they are of one request: GlassFish was seen to recycle a request under the
     * thread that serves it. The key is random, so no two requests share it.
     */
    private Arrival consistentArrival(HttpServletRequest request) throws ServletException {
        String key = request.getHeader(KEY);
        Arrival read = arrivalOf(request);
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
