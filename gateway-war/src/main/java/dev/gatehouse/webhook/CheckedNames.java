package dev.gatehouse.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

import org.apache.hc.client5.http.DnsResolver;

/**
 * Finds the addresses of a name, and yields them only when every one of them may be sent to: what was checked is what is
 * connected to, whatever the name means the next moment. Safe for concurrent use when the lookup is.
 *
 * @param lookup asks the name service
 * @param allowed what may be sent to
 */
record CheckedNames(Lookup lookup, AllowedAddresses allowed) implements DnsResolver {

    /** Each may take as long as a connection may take. */
    private static final int TRIED_MAX = 2;

    /** Asks the name service. */
    @FunctionalInterface
    interface Lookup {

        /**
         * Every address of a name.
         *
         * @throws UnknownHostException when there is none
         */
        InetAddress[] addresses(String name) throws UnknownHostException;
    }

    /** A name that means what must not be sent to. */
    static final class Forbidden extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        Forbidden(String message) {
            super(message);
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = lookup.addresses(host);
        for (InetAddress address : addresses) {
            if (!allowed.include(AddressKind.of(address))) {
                throw new Forbidden(
                        "the name means " + address.getHostAddress() + ", which is no " + allowed.label() + " address");
            }
        }
        return Arrays.copyOf(addresses, Math.min(addresses.length, TRIED_MAX));
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
