package dev.gatehouse.handshake;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.servlet.http.HttpServletRequest;

import dev.gatehouse.address.AddressLiteral;
import dev.gatehouse.address.AddressRange;
import dev.gatehouse.forwarded.Attribution;
import dev.gatehouse.forwarded.ClientResolver;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.UpgradeContext.Locality;
import dev.gatehouse.spi.UpgradeContext.Transport;

/** Reads the facts of an upgrade off the servlet request, and says where each comes from. Safe for concurrent use. */
final class UpgradeFacts {

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    /** Headers that tell the gateway what to grant; believed from trusted proxies alone. */
    private static final String CONTROL = "x-openclaw-";

    private final NetworkSettings network;
    private final ClientResolver clients;
    private final List<AddressRange> localNetworks;

    UpgradeFacts(NetworkSettings network) {
        this.network = network;
        this.clients = new ClientResolver(
                network.trustedRanges(), network.realIpFallback(), network.insecureIgnoreUntrustedProxyHeaders());
        this.localNetworks = network.localRanges();
    }

    /** These facts, or others if what stands in front of the gateway has changed since. */
    UpgradeFacts by(NetworkSettings now) {
        return network.equals(now) ? this : new UpgradeFacts(now);
    }

    Arrival of(HttpServletRequest request) {
        InetAddress peer = peer(request);
        Map<String, List<String>> headers = headers(request);
        Attribution attribution = clients.of(peer, headers);
        if (!clients.isTrusted(peer)) {
            headers.keySet().removeIf(name -> name.startsWith(CONTROL));
        }
        Optional<String> host = host(attribution).or(() -> first(headers, "host"));
        Optional<String> origin = first(headers, "origin");
        Locality locality = locality(attribution, peer, host, origin);
        UpgradeContext context = new UpgradeContext(
                UUID.randomUUID().toString(),
                peer,
                client(attribution, peer),
                attribution.hops(),
                locality,
                transport(attribution, request, host),
                host,
                origin,
                request.getRequestURI(),
                Collections.unmodifiableMap(headers),
                subprotocols(headers),
                certificates(request));
        return new Arrival(context, attribution);
    }

    private static InetAddress client(Attribution attribution, InetAddress peer) {
        return attribution instanceof Attribution.Proxied proxied ? proxied.client() : peer;
    }

    private static Optional<String> host(Attribution attribution) {
        return attribution instanceof Attribution.Proxied proxied ? proxied.host() : Optional.empty();
    }

    private Locality locality(
            Attribution attribution, InetAddress peer, Optional<String> host, Optional<String> origin) {
        if (attribution instanceof Attribution.Proxied proxied) {
            return new Locality(false, proxied.evidence());
        }
        if (attribution instanceof Attribution.Refused refused) {
            return new Locality(false, refused.reason());
        }
        Attribution.Direct direct = (Attribution.Direct) attribution;
        String who = "peer address " + peer.getHostAddress();
        if (direct.doubt().isPresent()) {
            return new Locality(false, direct.doubt().get());
        }
        if (!isThisMachine(peer)) {
            return new Locality(false, who + " is not loopback");
        }
        if (!isLoopback(host)) {
            return new Locality(false, "host '" + host.orElse("") + "' is not a name of this machine's loopback");
        }
        if (origin.isPresent() && !LoopbackName.isOfOrigin(origin.get())) {
            return new Locality(false, "origin '" + origin.get() + "' is not a page of this machine");
        }
        String why = peer.isLoopbackAddress() ? " and host are loopback" : " is of network.insecure-local-networks";
        return new Locality(true, who + why + ", no proxy header");
    }

    private static boolean isLoopback(Optional<String> host) {
        return host.map(LoopbackName::matches).orElse(false);
    }

    private boolean isThisMachine(InetAddress peer) {
        return peer.isLoopbackAddress() || localNetworks.stream().anyMatch(range -> range.contains(peer));
    }

    private Transport transport(Attribution attribution, HttpServletRequest request, Optional<String> host) {
        if (attribution instanceof Attribution.Proxied proxied) {
            return proxied.transport().orElse(declared());
        }
        if (attribution instanceof Attribution.Direct direct) {
            if (clients.isTrusted(direct.client())) {
                return declared();
            }
            if (!request.isSecure() && direct.doubt().isEmpty() && isThisMachine(direct.client()) && isLoopback(host)) {
                return Transport.LOOPBACK;
            }
        }
        return request.isSecure() ? Transport.TLS : Transport.PLAIN;
    }

    private Transport declared() {
        return network.trustedProxiesTerminateTls() ? Transport.TLS_AT_PROXY : Transport.PLAIN;
    }

    /**
     * Reads the peer's address, which some containers put in brackets or give a zone. A container that knows none, as of
     * a Unix socket, must not come out as loopback, which is what the JDK makes of no name.
     */
    private static InetAddress peer(HttpServletRequest request) {
        return Optional.ofNullable(request.getRemoteAddr())
                .map(given -> given.replaceFirst("^\\[(.*)]$", "$1").replaceFirst("%.*", ""))
                .flatMap(AddressLiteral::parse)
                .orElseThrow(() -> new IllegalStateException("the container names no peer address"));
    }

    private static Map<String, List<String>> headers(HttpServletRequest request) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(Collections.list(request.getHeaders(name))));
        }
        return headers;
    }

    private static Optional<String> first(Map<String, List<String>> headers, String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    private static List<String> subprotocols(Map<String, List<String>> headers) {
        return headers.getOrDefault("sec-websocket-protocol", List.of()).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static List<X509Certificate> certificates(HttpServletRequest request) {
        return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain ? List.of(chain) : List.of();
    }
}
