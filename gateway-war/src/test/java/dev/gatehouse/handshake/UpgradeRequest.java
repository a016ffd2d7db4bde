package dev.gatehouse.handshake;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import jakarta.servlet.http.HttpServletRequest;

/** An upgrade as a servlet container hands it over: from this machine, in plain HTTP, unless a step says otherwise. */
final class UpgradeRequest {

    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private Optional<String> peer = Optional.of("127.0.0.1");
    private boolean secure;
    private Optional<X509Certificate[]> certificates = Optional.empty();

    UpgradeRequest() {
        with("Upgrade", "websocket").with("Host", "localhost:18789");
    }

    UpgradeRequest from(String address) {
        peer = Optional.of(address);
        return this;
    }

    UpgradeRequest fromNowhere() {
        peer = Optional.empty();
        return this;
    }

    UpgradeRequest overTls(X509Certificate... chain) {
        secure = true;
        certificates = Optional.of(chain).filter(given -> given.length > 0);
        return this;
    }

    /** Adds a line; a header may have several. */
    UpgradeRequest with(String name, String value) {
        headers.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
        return this;
    }

    UpgradeRequest withHost(String host) {
        return without("Host").with("Host", host);
    }

    UpgradeRequest without(String name) {
        headers.remove(name);
        return this;
    }

    HttpServletRequest request() {
        return Stub.of(HttpServletRequest.class, (method, arguments) -> switch (method) {
            case "getRemoteAddr" -> peer;
            case "getLocalAddr" -> "127.0.0.1";
            case "isSecure" -> secure;
            case "getRequestURI" -> "/ws";
            case "getAttribute" ->
                "jakarta.servlet.request.X509Certificate".equals(arguments[0]) ? certificates : Optional.empty();
            case "getHeaderNames" -> Collections.enumeration(headers.keySet());
            case "getHeaders" -> Collections.enumeration(values(arguments[0]));
            case "getHeader" -> values(arguments[0]).stream().findFirst();
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private List<String> values(Object name) {
        return headers.getOrDefault((String) name, List.of());
    }
}
