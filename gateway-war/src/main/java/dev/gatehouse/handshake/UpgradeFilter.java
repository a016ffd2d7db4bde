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
import dev.gatehouse.limit.UnadmittedSockets;
import dev.gatehouse.limit.UnadmittedSockets.Place;

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

    /** Word for word as the reference gateway says it (wire reference 1.2). */
    private static final String CROWDED = "Too many unauthenticated sockets";

    /** Most sockets are admitted or refused within this; stock clients wait longer each time by themselves. */
    private static final int RETRY_SECONDS = 5;

    private final ServerContainer container;
    private final ServerEndpointConfig endpoint;
    private final Supplier<NetworkSettings> network;
    private final CurrentUpgrade current;
    private final UnadmittedSockets sockets;
    private final RefusedUpgrades refused;
    private volatile UpgradeFacts facts;

    /**
     * A filter for the gateway's endpoint.
     *
     * @param network what stands in front of the gateway, asked for each upgrade
     * @param sockets where each upgrade takes a place
     * @param refused is told of upgrades that are refused over HTTP
     */
    public UpgradeFilter(
            ServerContainer container,
            ServerEndpointConfig endpoint,
            Supplier<NetworkSettings> network,
            CurrentUpgrade current,
            UnadmittedSockets sockets,
            RefusedUpgrades refused) {
        this.container = container;
        this.endpoint = endpoint;
        this.network = network;
        this.facts = new UpgradeFacts(network.get());
        this.current = current;
        this.sockets = sockets;
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
        Optional<Place> place = sockets.enter(arrival.facts().address());
        if (place.isEmpty()) {
            refused.crowded(arrival.facts());
            refuseCrowded(response);
            return;
        }
        current.begin(arrival.facts(), place.get());
        boolean isTaken = false;
        try {
            container.upgradeHttpToWebSocket(new AddressOnlyRequest(request), response, endpoint, Map.of());
            isTaken = true;
        } catch (DeploymentException e) {
            throw new ServletException("the container did not take the upgrade", e);
        } finally {
            current.end();
            if (!isTaken) { // somebody may have carried the place on before the container threw
                place.get().leave();
            }
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

    private static void refuseCrowded(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setIntHeader("Retry-After", RETRY_SECONDS);
        response.setContentType("text/plain");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(CROWDED);
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
