package dev.gatehouse.forwarded;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gatehouse.address.AddressLiteral;
import org.jspecify.annotations.Nullable;

/**
 * One party of a request, as a proxy names it.
 *
 * @param text how it was named
 * @param address its address, a mapped IPv4 address as IPv4, without zone and port; empty for a party that is hidden
 *     ({@code unknown}, or a name that begins with an underscore)
 */
record Node(String text, Optional<InetAddress> address) {

    private static final String HIDDEN = "unknown|_[A-Za-z0-9._-]{1,64}";
    private static final String ZONE = "%[A-Za-z0-9._-]{1,32}";
    private static final String IPV4 = "[0-9.]{7,15}";
    private static final String IPV6 = "[0-9A-Fa-f:.]{2,45}";

    /** RFC 7239 section 6; its ports may be hidden, too. An IPv6 address stands in brackets. */
    private static final Pattern FORWARDED = Pattern.compile("(?:(?<hidden>(?i)" + HIDDEN + ")|(?<ipv4>" + IPV4
            + ")|\\[(?<ipv6>" + IPV6 + ")(?:" + ZONE + ")?])(?::(?<port>[0-9]{1,5}|_[A-Za-z0-9._-]{1,64}))?");

    /** What proxies write into X-Forwarded-For and X-Real-IP: an IPv6 address in brackets if a port follows, or bare. */
    private static final Pattern X_FORWARDED = Pattern.compile("(?<hidden>(?i)" + HIDDEN + ")|(?:(?<ipv4>" + IPV4
            + ")|\\[(?<ipv6>" + IPV6 + ")(?:" + ZONE + ")?])(?::(?<port>[0-9]{1,5}))?|(?<bare>(?=[^%]*:)" + IPV6
            + ")(?:" + ZONE
            + ")?");

    private static final int PORT_MAX = 65_535;

    /** A node identifier of RFC 7239, without quotes; empty when it is none. */
    static Optional<Node> ofForwarded(String text) {
        Matcher parts = FORWARDED.matcher(text);
        return parts.matches() ? of(text, parts, Optional.empty()) : Optional.empty();
    }

    /** An entry of X-Forwarded-For; empty when it is none. */
    static Optional<Node> ofXForwarded(String text) {
        Matcher parts = X_FORWARDED.matcher(text);
        return parts.matches() ? of(text, parts, Optional.ofNullable(parts.group("bare"))) : Optional.empty();
    }

    private static Optional<Node> of(String text, Matcher parts, Optional<String> bare) {
        if (!isPort(parts.group("port"))) {
            return Optional.empty();
        }
        if (parts.group("hidden") != null) {
            return Optional.of(new Node(text, Optional.empty()));
        }
        return bare.or(() -> Optional.ofNullable(parts.group("ipv4")))
                .or(() -> Optional.ofNullable(parts.group("ipv6")).filter(ipv6 -> ipv6.contains(":")))
                .flatMap(AddressLiteral::parse)
                .map(address -> new Node(text, Optional.of(address)));
    }

    private static boolean isPort(@Nullable String port) {
        return port == null || port.startsWith("_") || Integer.parseInt(port) <= PORT_MAX;
    }
}
