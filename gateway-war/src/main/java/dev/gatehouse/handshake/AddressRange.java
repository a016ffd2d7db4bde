package dev.gatehouse.handshake;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * One IP address, or all addresses that share a prefix with it.
 *
 * @param base the address
 * @param prefix how many leading bits count
 */
record AddressRange(InetAddress base, int prefix) {

    /** Only characters of address literals, so that nothing in here is ever looked up by name. */
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /**
     * Reads an address ({@code 10.0.0.1}, {@code fd00::1}) or a network ({@code 10.0.0.0/8}).
     *
     * @throws IllegalArgumentException when it is neither
     */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        if (!LITERAL.matcher(literal).matches()) {
            throw unreadable(text);
        }
        try {
            InetAddress base = InetAddress.getByName(literal);
            int bits = base.getAddress().length * Byte.SIZE;
            int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
            if (prefix < 0 || prefix > bits) {
                throw unreadable(text);
            }
            return new AddressRange(base, prefix);
        } catch (UnknownHostException | NumberFormatException e) {
            throw unreadable(text);
        }
    }

    boolean contains(InetAddress address) {
        byte[] one = base.getAddress();
        byte[] other = address.getAddress();
        if (one.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((one[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException(
                "trusted-proxies: '" + text + "' is neither an IP address nor a network; write 10.0.0.1 or 10.0.0.0/8");
    }
}
