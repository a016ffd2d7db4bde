package dev.gatehouse.refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a page that came over plain HTTP gets to a gateway that it can use: a tunnel, or TLS. People paste these commands
 * into a shell, so nothing but a plain name or address ever becomes part of one.
 */
final class SecurePage {

    private static final Pattern HOST = Pattern.compile(
            "(?<name>[A-Za-z0-9][A-Za-z0-9._-]{0,252}|\\[(?<ipv6>[0-9A-Fa-f:.]{2,45})])(?::(?<port>[0-9]{1,5}))?");
    private static final int HTTP = 80;
    private static final int PORT_MAX = 65_535;
    private static final int PRIVILEGED = 1024;

    private SecurePage() {}

    /** What lets the page in, best first. */
    static List<Fix> fixes(Seen seen) {
        List<Fix> fixes = new ArrayList<>();
        Optional<Matcher> host = seen.host().map(HOST::matcher).filter(SecurePage::isUsable);
        host.ifPresent(parts -> {
            fixes.add(tunnel(parts));
            fixes.add(Fix.client(
                    "open it over TLS, once the gateway has a certificate, or a proxy with one before it",
                    "https://" + parts.group("name") + "/"));
        });
        if (isBehindProxy(seen)) {
            fixes.add(Fix.operator(
                    "a trusted proxy stands before the gateway: let it say by X-Forwarded-Proto how the client came; if it"
                            + " accepts clients over TLS only, gatehouse.yaml may say so instead",
                    "network: {trusted-proxies-terminate-tls: true}"));
        } else {
            fixes.add(Fix.operator("let the server that the gateway runs on listen with TLS, or put a proxy with a"
                    + " certificate before it and list it in network.trusted-proxies with"
                    + " network.trusted-proxies-terminate-tls"));
        }
        return fixes;
    }

    private static Fix tunnel(Matcher host) {
        String name = Optional.ofNullable(host.group("ipv6")).orElseGet(() -> host.group("name"));
        int port = port(host);
        int local = port < PRIVILEGED ? port + 8000 : port;
        return Fix.client(
                "open a tunnel, and then http://localhost:" + local + "/ in the browser",
                "ssh -N -L " + local + ":127.0.0.1:" + port + " " + name);
    }

    private static boolean isUsable(Matcher host) {
        return host.matches() && port(host) > 0 && port(host) <= PORT_MAX;
    }

    private static int port(Matcher host) {
        return Optional.ofNullable(host.group("port")).map(Integer::parseInt).orElse(HTTP);
    }

    private static boolean isBehindProxy(Seen seen) {
        return seen.hops().size() > 1;
    }
}
