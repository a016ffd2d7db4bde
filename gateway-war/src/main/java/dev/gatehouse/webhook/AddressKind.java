package dev.gatehouse.webhook;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

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

    private static final List<Block> PRIVATE_BLOCKS = List.of(
            block("10.0.0.0", 8),
            block("100.64.0.0", 10), // behind a carrier's NAT; overlay networks use it
            block("127.0.0.0", 8), // loopback
            block("172.16.0.0", 12),
            block("192.168.0.0", 16),
            block("::1", 128), // loopback
            block("fc00::", 7)); // unique local

    private static final List<Block> UNUSABLE_BLOCKS = List.of(
            block("0.0.0.0", 8), // this network
            block("169.254.0.0", 16), // link-local
            block("192.0.0.0", 24), // protocol assignments
            block("192.0.2.0", 24), // examples
            block("192.88.99.0", 24), // 6to4 relays
            block("198.18.0.0", 15), // benchmarks
            block("198.51.100.0", 24), // examples
            block("203.0.113.0", 24), // examples
            block("224.0.0.0", 3), // multicast, reserved, broadcast
            block("2001::", 23), // protocol assignments, Teredo among them
            block("2001:db8::", 32), // examples
            block("3fff::", 20)); // examples

    /** Public unicast is nowhere else; of ::ffff:1.2.3.4 Java makes an IPv4 address, and ::1.2.3.4 is outside. */
    private static final Block GLOBAL_V6 = block("2000::", 3);

    private static final Block NAT64 = block("64:ff9b::", 96);
    private static final int NAT64_OFFSET = 12;
    private static final Block SIX_TO_FOUR = block("2002::", 16);
    private static final int SIX_TO_FOUR_OFFSET = 2;
    private static final int V4_BYTES = 4;

    static AddressKind of(InetAddress address) {
        // A scope names an interface of this machine.
        return address instanceof Inet6Address v6 && v6.getScopeId() != 0 ? UNUSABLE : of(address.getAddress());
    }

    private static AddressKind of(byte[] address) {
        if (NAT64.holds(address)) {
            return of(embedded(address, NAT64_OFFSET));
        }
        if (SIX_TO_FOUR.holds(address)) {
            return of(embedded(address, SIX_TO_FOUR_OFFSET));
        }
        if (PRIVATE_BLOCKS.stream().anyMatch(block -> block.holds(address))) {
            return PRIVATE;
        }
        boolean isUnusable = UNUSABLE_BLOCKS.stream().anyMatch(block -> block.holds(address))
                || (address.length > V4_BYTES && !GLOBAL_V6.holds(address));
        return isUnusable ? UNUSABLE : PUBLIC;
    }

    private static byte[] embedded(byte[] address, int from) {
        return Arrays.copyOfRange(address, from, from + V4_BYTES);
    }

    private static Block block(String first, int bits) {
        try {
            return new Block(InetAddress.getByName(first).getAddress(), bits);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("not an address: " + first, e);
        }
    }

    /** A block of addresses. */
    private static final class Block {

        private final byte[] prefix;
        private final int bits;

        Block(byte[] prefix, int bits) {
            this.prefix = prefix;
            this.bits = bits;
        }

        boolean holds(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
