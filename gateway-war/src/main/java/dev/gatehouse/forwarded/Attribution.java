package dev.gatehouse.forwarded;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.UpgradeContext.Hop;
import dev.gatehouse.spi.UpgradeContext.Transport;

/** Who a request comes from, and on what evidence. Immutable. */
public sealed interface Attribution {

    /** The stations that the request says it came through, in the order in which they were said, the peer last. */
    List<Hop> hops();

    /**
     * The peer is the client, or nobody said who else is.
     *
     * @param client the peer's address
     * @param hops the stations
     * @param doubt why the peer may be somebody else's messenger, so that it must never count as local; empty when nothing
     *     says so
     */
    record Direct(InetAddress client, List<Hop> hops, Optional<String> doubt) implements Attribution {}

    /**
     * A trusted proxy says who the client is.
     *
     * @param client the client's address
     * @param hops the stations
     * @param evidence how the gateway knows
     * @param transport how the request was protected up to the proxy that the client reached, if that was said
     * @param host the {@code Host} header that this proxy got, if that was said
     */
    record Proxied(
            InetAddress client, List<Hop> hops, String evidence, Optional<Transport> transport, Optional<String> host)
            implements Attribution {}

    /**
     * Nobody can tell; the request is refused (wire reference 1.2 and 6.1).
     *
     * @param hops the stations
     * @param reason why
     * @param fix what the operator has to change: a line of config, or what the proxy must do
     */
    record Refused(List<Hop> hops, String reason, String fix) implements Attribution {}
}
