package dev.gatehouse.checks.origin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address written out in a host. Never asks a name server.
 *
 * @param address the address; a mapped IPv4 address as IPv4
 */
record LiteralAddress(InetAddress address) {

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f.]*:[0-9a-f:.]*]");

    /**
     * Reads the address of a host.
     *
     * @param host a lower-case host; an IPv6 address in brackets
     * @return the address, or empty when the host is a name
     */
    static Optional<LiteralAddress> parse(String host) {
        if (!IPV4.matcher(host).matches() && !IPV6.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            // Both forms are literals, and for a literal the JDK looks nothing up.
            return Optional.of(new LiteralAddress(InetAddress.getByName(host)));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    boolean isLoopback() {
        return address.isLoopbackAddress();
    }

    /** Whether no page of the public internet can be served from here. */
    boolean isPrivate() {
        return address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || isCarrierGradeNat()
                || isUniqueLocal();
    }

    private boolean isCarrierGradeNat() {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xC0) == 0x40;
    }

    private boolean isUniqueLocal() {
        byte[] bytes = address.getAddress();
        return bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC;
    }
}
