package dev.gatehouse.forwarded;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gatehouse.address.AddressRange;
import dev.gatehouse.spi.UpgradeContext.Hop;

/**
 * Tells who a request comes from (wire reference 6.1, and stricter). Immutable; safe for concurrent use.
 *
 * <p>A peer that is no trusted proxy is the client itself; if it sends a header that only proxies write, it is refused, for
 * somebody behind it would be taken for it. What a trusted proxy says is read from the right to the first address that is
 * not a trusted proxy. Both families of headers, {@code Forwarded} and {@code X-Forwarded-*}, must say the same if both
 * are there.
 */
public final class ClientResolver {

    private static final String LINE = "network: {trusted-proxies: [%s]}";

    private final List<AddressRange> trusted;
    private final boolean realIpFallback;
    private final boolean ignoresStrangers;

    /**
     * A resolver.
     *
     * @param trusted the trusted proxies
     * @param realIpFallback whether {@code X-Real-IP} counts when nothing else names the client
     * @param ignoresStrangers whether proxy headers of others are ignored; else they are refused
     */
    public ClientResolver(List<AddressRange> trusted, boolean realIpFallback, boolean ignoresStrangers) {
        this.trusted = List.copyOf(trusted);
        this.realIpFallback = realIpFallback;
        this.ignoresStrangers = ignoresStrangers;
    }

    /**
     * Tells who a request comes from.
     *
     * @param peer the address at the other end of the connection
     * @param headers every header by lower-case name, values in the order sent
     */
    public Attribution of(InetAddress peer, Map<String, List<String>> headers) {
        Optional<String> header =
                headers.keySet().stream().filter(ClientResolver::isProxyHeader).findFirst();
        if (!isTrusted(peer)) {
            return header.map(name -> stranger(peer, name, headers)).orElseGet(() -> direct(peer));
        }
        return header.isPresent() ? proxied(peer, headers) : silent(peer);
    }

    /** The headers by which wire reference 6.1 tells that a proxy was there. */
    public static boolean isProxyHeader(String name) {
        return name.equals("forwarded")
                || name.equals("x-real-ip")
                || name.startsWith("x-forwarded-")
                || name.startsWith("tailscale-");
    }

    /** Whether an address is one of the trusted proxies. */
    public boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    private static Attribution direct(InetAddress peer) {
        return new Attribution.Direct(
                peer, List.of(Hops.peer(peer, "the client: no proxy says that it was there")), Optional.empty());
    }

    private Attribution stranger(InetAddress peer, String header, Map<String, List<String>> headers) {
        String who = peer.getHostAddress();
        List<Hop> hops =
                new ArrayList<>(Hops.notBelieved(headers, "said by " + who + ", which is not a trusted proxy"));
        hops.add(Hops.peer(peer, "the peer, which is not a trusted proxy"));
        String reason = "header '" + header + "' came from " + who + ", which is not a trusted proxy";
        return ignoresStrangers
                ? new Attribution.Direct(peer, hops, Optional.of(reason))
                : new Attribution.Refused(
                        hops, reason, trust(Stream.concat(trusted.stream(), Stream.of(AddressRange.parse(who)))));
    }

    private static String trust(Stream<AddressRange> ranges) {
        return LINE.formatted(ranges.map(range -> '"' + range.toString() + '"').collect(Collectors.joining(", ")));
    }

    /** On loopback there may be a person beside the proxy, who is not local for all that. */
    private static Attribution silent(InetAddress peer) {
        String who = peer.getHostAddress();
        List<Hop> hops = List.of(Hops.peer(peer, "a trusted proxy, which names no client"));
        return peer.isLoopbackAddress()
                ? new Attribution.Direct(
                        peer, hops, Optional.of("peer address " + who + " is a trusted proxy that names no client"))
                : refused(hops, "trusted proxy " + who + " names no client address");
    }

    private Attribution proxied(InetAddress peer, Map<String, List<String>> headers) {
        String who = peer.getHostAddress();
        try {
            List<Followed> followed = new ArrayList<>();
            for (Trail trail : trails(headers)) {
                followed.add(follow(trail));
            }
            if (followed.isEmpty()) {
                throw new MalformedTrail("no header names a client address");
            }
            return agreed(peer, followed);
        } catch (MalformedTrail e) {
            List<Hop> hops = new ArrayList<>(Hops.notBelieved(headers, "no client address could be made of it"));
            hops.add(Hops.peer(peer, "a trusted proxy"));
            return refused(hops, "trusted proxy " + who + ": " + e.getMessage());
        }
    }

    private List<Trail> trails(Map<String, List<String>> headers) throws MalformedTrail {
        List<Trail> trails = Stream.of(Trail.ofForwarded(headers), Trail.ofXForwarded(headers))
                .flatMap(Optional::stream)
                .toList();
        return trails.isEmpty() && realIpFallback
                ? Trail.ofRealIp(headers).stream().toList()
                : trails;
    }

    /** A trail whose client is known. */
    private record Followed(Trail trail, int index, InetAddress client) {

        Station station() {
            return trail.stations().get(index);
        }
    }

    private Followed follow(Trail trail) throws MalformedTrail {
        for (int i = trail.stations().size() - 1; i >= 0; i--) {
            InetAddress address = trail.stations()
                    .get(i)
                    .node()
                    .address()
                    .orElseThrow(() -> new MalformedTrail(trail.header() + " hides the client's address"));
            if (!isTrusted(address)) {
                return new Followed(trail, i, usable(trail, address));
            }
        }
        throw new MalformedTrail(trail.header() + " names trusted proxies only");
    }

    private static InetAddress usable(Trail trail, InetAddress address) throws MalformedTrail {
        if (address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isMulticastAddress()) {
            throw new MalformedTrail(trail.header() + " names " + address.getHostAddress()
                    + " as the client, which is an address of no client behind a proxy");
        }
        return address;
    }

    private static Attribution agreed(InetAddress peer, List<Followed> followed) throws MalformedTrail {
        Followed first = followed.get(0);
        Followed last = followed.get(followed.size() - 1);
        if (!first.client().equals(last.client())) {
            throw new MalformedTrail("forwarded and x-forwarded-for name different clients");
        }
        List<Hop> hops = new ArrayList<>();
        followed.forEach(each -> hops.addAll(Hops.of(each.trail(), each.index())));
        hops.add(Hops.peer(peer, "a trusted proxy"));
        return new Attribution.Proxied(
                first.client(),
                hops,
                "client address " + first.client().getHostAddress() + " is named by trusted proxy "
                        + peer.getHostAddress() + " in " + first.trail().header(),
                agreed("proto", first.station().transport(), last.station().transport()),
                agreed("host", first.station().host(), last.station().host()));
    }

    private static <T> Optional<T> agreed(String what, Optional<T> one, Optional<T> other) throws MalformedTrail {
        if (one.isPresent() && other.isPresent() && !one.equals(other)) {
            throw new MalformedTrail("forwarded and x-forwarded-" + what + " disagree");
        }
        return one.or(() -> other);
    }

    private static Attribution refused(List<Hop> hops, String reason) {
        return new Attribution.Refused(
                hops,
                reason,
                "let the proxy overwrite X-Forwarded-For, -Proto and -Host, or Forwarded, with what it sees itself;"
                        + " server-config/ has such configs");
    }
}
