package dev.gatehouse.spi;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The facts of the HTTP upgrade request, and where they come from. Made by the gateway; its constructor may grow.
 *
 * @param connectionId names the connection in logs and in {@code hello-ok.server.connId}
 * @param peer the address at the other end of the TCP connection; the only address that nobody can forge
 * @param address the address that the client counts as: the peer's, or the one that a trusted proxy names
 * @param hops the stations that the request says it came through, in the order in which they were said, the peer last
 * @param locality whether the client is on this machine, and on what evidence
 * @param transport how the request was protected on its way
 * @param host name or address with an optional port, under which the client reached the gateway: what a trusted proxy
 *     says, or else the {@code Host} header
 * @param origin the {@code Origin} header, as sent
 * @param path the path of the request, without the query
 * @param headers every header by lower-case name, values in the order sent
 * @param subprotocols what the client offered in {@code Sec-WebSocket-Protocol}
 * @param clientCertificates the client's certificate chain, its own first; empty without mutual TLS
 * @since 0.1
 */
public record UpgradeContext(
        String connectionId,
        InetAddress peer,
        InetAddress address,
        List<Hop> hops,
        Locality locality,
        Transport transport,
        Optional<String> host,
        Optional<String> origin,
        String path,
        Map<String, List<String>> headers,
        List<String> subprotocols,
        List<X509Certificate> clientCertificates) {

    /**
     * Whether the client is on this machine.
     *
     * @param isLocal true when it is
     * @param evidence what led to that, for people
     */
    public record Locality(boolean isLocal, String evidence) {}

    /**
     * One station of the request, and what the gateway makes of it.
     *
     * @param address what was said, at most 64 characters
     * @param source where it was said: the lower-case name of a header, or {@code tcp} for the peer itself
     * @param trusted whether the gateway goes by it
     * @param why what led to that, for people
     */
    public record Hop(String address, String source, boolean trusted, String why) {}

    /** How the request was protected on its way. */
    public enum Transport {
        /** Plain HTTP, as far as the gateway knows. */
        PLAIN,
        /** Plain HTTP that never left this machine. */
        LOOPBACK,
        /** TLS that ends at this server. */
        TLS,
        /** TLS that ends at a proxy that the operator trusts and declared to do so. */
        TLS_AT_PROXY;

        /**
         * Whether the request crossed the network encrypted.
         *
         * @return true for both kinds of TLS
         */
        public boolean isEncrypted() {
            return this == TLS || this == TLS_AT_PROXY;
        }
    }

    /**
     * The first value of a header.
     *
     * @param name the header's name, in any case
     * @return the value as sent, or empty when the header was not sent
     */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /**
     * Whether the client is on this machine.
     *
     * @return what {@link #locality()} says
     */
    public boolean isLocal() {
        return locality.isLocal();
    }

    /** Leaves out the headers, which may hold credentials. */
    @Override
    public String toString() {
        return "UpgradeContext[" + connectionId + " from " + address.getHostAddress() + ", " + locality.evidence()
                + ", " + transport + "]";
    }
}
