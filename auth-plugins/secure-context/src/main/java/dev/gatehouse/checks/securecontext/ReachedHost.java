package dev.gatehouse.checks.securecontext;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name under which a client reached the gateway, from its {@code Host} header. People paste the commands that are
 * made of it into a shell, so nothing but a plain name or address ever becomes one.
 *
 * @param text name or address with an optional port, as sent
 * @param name name or address, an IPv6 address without brackets
 * @param port the port, 80 when the header has none
 */
record ReachedHost(String text, String name, int port) {

    private static final int LENGTH_MAX = 253 + ":65535".length();
    private static final int PORT_MAX = 65_535;
    private static final int PRIVILEGED = 1024;
    private static final Pattern FORM = Pattern.compile(
            "(?:(?<name>[A-Za-z0-9][A-Za-z0-9._-]*)|\\[(?<ipv6>[0-9A-Fa-f:.]+)])(?::(?<port>[0-9]{1,5}))?");

    static Optional<ReachedHost> parse(String header) {
        if (header.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(header);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String ipv6 = matcher.group("ipv6");
        String digits = matcher.group("port");
        int port = digits == null ? 80 : Integer.parseInt(digits);
        return port == 0 || port > PORT_MAX
                ? Optional.empty()
                : Optional.of(new ReachedHost(header, ipv6 == null ? matcher.group("name") : ipv6, port));
    }

    /** What lets a browser in that came to this host, best first. */
    List<String> fixes() {
        return fixes(name, port);
    }

    /** The same for a host that is not known. */
    static List<String> fixesForAnyHost() {
        return fixes("GATEWAY_HOST", 80);
    }

    private static List<String> fixes(String name, int port) {
        int local = port < PRIVILEGED ? port + 8000 : port;
        String authority = name.indexOf(':') < 0 ? name : "[" + name + "]";
        return List.of(
                "ssh -N -L " + local + ":127.0.0.1:" + port + " " + name + "  # then open http://localhost:" + local
                        + "/",
                "https://" + authority
                        + "/  # with TLS that ends at this server, or at a proxy that the gateway trusts");
    }
}
