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
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.UpgradeContext.Locality;
import dev.gatehouse.spi.UpgradeContext.Transport;

/** Reads the facts of an upgrade off the servlet request, and says where each comes from. Safe for concurrent use. */
final class UpgradeFacts {

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final NetworkSettings network;
    private final List<AddressRange> trustedProxies;
    private final boolean trustedProxiesTerminateTls;

    UpgradeFacts(NetworkSettings network) {
        this.network = network;
        this.trustedProxies = network.trustedRanges();
        this.trustedProxiesTerminateTls = network.trustedProxiesTerminateTls();
    }

    /** These facts, or others if what stands in front of the gateway has changed since. */
    UpgradeFacts by(NetworkSettings now) {
        return network.equals(now) ? this : new UpgradeFacts(now);
    }

    UpgradeContext of(HttpServletRequest request) {
        InetAddress peer = peer(request);
        Map<String, List<String>> headers = headers(request);
        Optional<String> host = first(headers, "host");
        return new UpgradeContext(
                UUID.randomUUID().toString(),
                peer,
                locality(peer, headers, host),
                transport(request, peer),
                host,
                first(headers, "origin"),
                request.getRequestURI(),
                headers,
                subprotocols(headers),
                certificates(request));
    }

    private Locality locality(InetAddress peer, Map<String, List<String>> headers, Optional<String> host) {
        if (isTrustedProxy(peer)) {
            return new Locality(false, "peer address " + peer.getHostAddress() + " is a trusted proxy");
        }
        if (!peer.isLoopbackAddress()) {
            return new Locality(false, "peer address " + peer.getHostAddress() + " is not loopback");
        }
        Optional<String> proxyHeader =
                headers.keySet().stream().filter(UpgradeFacts::isProxyHeader).findFirst();
        if (proxyHeader.isPresent()) {
            return new Locality(
                    false,
                    "header '" + proxyHeader.get() + "' says that a proxy stands before the gateway; list "
                            + peer.getHostAddress() + " in network.trusted-proxies");
        }
        if (!host.map(LoopbackName::matches).orElse(false)) {
            return new Locality(false, "host '" + host.orElse("") + "' is not a name of this machine's loopback");
        }
        return new Locality(true, "peer address " + peer.getHostAddress() + " and host are loopback, no proxy header");
    }

    private boolean isTrustedProxy(InetAddress peer) {
        return trustedProxies.stream().anyMatch(range -> range.contains(peer));
    }

    /** The headers by which wire reference 6.1 tells that a proxy was there. */
    private static boolean isProxyHeader(String name) {
        return name.equals("forwarded")
                || name.equals("x-real-ip")
                || name.startsWith("x-forwarded-")
                || name.startsWith("tailscale-");
    }

    private Transport transport(HttpServletRequest request, InetAddress peer) {
        if (trustedProxiesTerminateTls && isTrustedProxy(peer)) {
            return Transport.TLS_AT_PROXY;
        }
        return request.isSecure() ? Transport.TLS : Transport.PLAIN;
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
        return Collections.unmodifiableMap(headers);
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
