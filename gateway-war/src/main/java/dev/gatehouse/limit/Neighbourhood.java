package dev.gatehouse.limit;

import java.net.Inet6Address;
import java.net.InetAddress;

import dev.gatehouse.address.AddressRange;

/** What counts as one address: of IPv4 the address, of IPv6 its /64, which is what a single customer is given at least. */
final class Neighbourhood {

    private static final int IPV4_BITS = 32;
    private static final int IPV6_CUSTOMER_BITS = 64;

    private Neighbourhood() {}

    /** The same text for every address that counts as the same. */
    static String of(InetAddress address) {
        int bits = address instanceof Inet6Address ? IPV6_CUSTOMER_BITS : IPV4_BITS;
        return new AddressRange(address, bits).toString();
    }
}
