package dev.gatehouse.refusal;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.UpgradeContext.Hop;

/**
 * What the gateway saw of a connection: the facts that decide about it, and none of its secrets. Every text is as it was
 * sent but for its length; whoever shows it makes it visible.
 *
 * @param peer the address at the other end of the TCP connection
 * @param address the address that the connection counts as
 * @param local whether it counts as being on this machine
 * @param locality what led to that, for people
 * @param hops the stations that it says it came through, the peer last
 * @param scheme {@code http} or {@code https}, as the client spoke it
 * @param transport how the request was protected: {@code plain}, {@code tls}, {@code tls-at-proxy}
 * @param host the {@code Host} header
 * @param origin the {@code Origin} header
 * @param path the path, without the query
 * @param userAgent the {@code User-Agent} header
 * @param client what the client said about itself; empty when it was refused before it said anything
 */
public record Seen(
        String peer,
        String address,
        boolean local,
        String locality,
        List<Hop> hops,
        String scheme,
        String transport,
        Optional<String> host,
        Optional<String> origin,
        String path,
        Optional<String> userAgent,
        Optional<Visitor> client) {

    private static final int TEXT_MAX = 300;

    /** The code of a join link is good for an invitation. */
    private static final Pattern JOIN_CODE = Pattern.compile("(?<=/j/)[^/]+");

    /** What is seen of an upgrade, and of the connect frame if one came. */
    public static Seen of(UpgradeContext upgrade, Optional<Visitor> client) {
        String peer = upgrade.peer().getHostAddress();
        return new Seen(
                peer,
                upgrade.address().getHostAddress(),
                upgrade.isLocal(),
                cut(upgrade.locality().evidence()),
                upgrade.hops(),
                upgrade.transport().isEncrypted() ? "https" : "http",
                transport(upgrade.transport()),
                upgrade.host().map(Seen::cut),
                upgrade.origin().map(Seen::cut),
                cut(JOIN_CODE.matcher(upgrade.path()).replaceAll("***")),
                upgrade.header("user-agent").map(Seen::cut),
                client);
    }

    private static String transport(UpgradeContext.Transport transport) {
        return switch (transport) {
            case PLAIN -> "plain";
            case LOOPBACK -> "loopback";
            case TLS -> "tls";
            case TLS_AT_PROXY -> "tls-at-proxy";
        };
    }

    private static String cut(String text) {
        return VisibleText.cut(text, TEXT_MAX);
    }
}
