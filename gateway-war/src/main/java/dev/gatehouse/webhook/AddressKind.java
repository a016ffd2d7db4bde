package dev.gatehouse.webhook;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

import dev.gatehouse.address.AddressRange;

/**
 * Of which network an address is, by IANA's registries of special-purpose addresses (RFC 6890). What embeds an IPv4 address
 * is of the kind that this is of.
 */
enum AddressKind {
    /** Unicast in the Internet. */
    PUBLIC,
    /** This machine, or a network behind it. */
    PRIVATE,
    /** Nothing that a webhook could mean: link-local with the metadata of clouds, multicast, reserved, for examples. */
    UNUSABLE;

    private static final List<AddressRange> PRIVATE_RANGES = ranges(
            "10.0.0.0/8",
            "100.64.0.0/10", // behind a carrier's NAT; overlay networks use it
            "127.0.0.0/8", // loopback
            "172.16.0.0/12",
            "192.168.0.0/16",
            "::1/128", // loopback
            "fc00::/7"); // unique local

    private static final List<AddressRange> UNUSABLE_RANGES = ranges(
            "0.0.0.0/8", // this network
            "169.254.0.0/16", // link-local
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // examples
            "192.88.99.0/24", // 6to4 relays
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // examples
            "203.0.113.0/24", // examples
            "224.0.0.0/3", // multicast, reserved, broadcast
            "2001::/23", // protocol assignments, Teredo among them
            "2001:db8::/32", // examples
            "3fff::/20"); // examples

    /** Public unicast is nowhere else; of ::ffff:1.2.3.4 Java makes an IPv4 address, and ::1.2.3.4 is outside. */
    private static final AddressRange GLOBAL_V6 = AddressRange.parse("2000::/3");

    private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");
    private static final int NAT64_OFFSET = 12;
    private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002::/16");
    private static final int SIX_TO_FOUR_OFFSET = 2;
    private static final int V4_BYTES = 4;

    static AddressKind of(InetAddress address) {
        // A scope names an interface of this machine.
        if (address instanceof Inet6Address v6 && v6.getScopeId() != 0) {
            return UNUSABLE;
        }
        if (NAT64.contains(address)) {
            return of(embedded(address, NAT64_OFFSET));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return of(embedded(address, SIX_TO_FOUR_OFFSET));
        }
        if (PRIVATE_RANGES.stream().anyMatch(range -> range.contains(address))) {
            return PRIVATE;
        }
        boolean isUnusable = UNUSABLE_RANGES.stream().anyMatch(range -> range.contains(address))
                || (address instanceof Inet6Address && !GLOBAL_V6.contains(address));
        return isUnusable ? UNUSABLE : PUBLIC;
    }

    private static List<AddressRange> ranges(String... networks) {
        return Arrays.stream(networks).map(AddressRange::parse).toList();
    }

    private static InetAddress embedded(InetAddress address, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), from, from + V4_BYTES));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 bytes", e);
        }
    }
}
