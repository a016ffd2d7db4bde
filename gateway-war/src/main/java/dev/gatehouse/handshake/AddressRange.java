package dev.gatehouse.handshake;

import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * One IP address, or all addresses that share a prefix with it.
 *
 * @param base the address
 * @param prefix how many leading bits count
 */
record AddressRange(InetAddress base, int prefix) {

    private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");

    /**
     * Reads an address ({@code 10.0.0.1}, {@code fd00::1}) or a network ({@code 10.0.0.0/8}).
     *
     * @throws IllegalArgumentException when it is neither
     */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress base = AddressLiteral.parse(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> unreadable(text));
        int bits = base.getAddress().length * Byte.SIZE;
        if (slash < 0) {
            return new AddressRange(base, bits);
        }
        String prefix = text.substring(slash + 1);
        if (!PREFIX.matcher(prefix).matches() || Integer.parseInt(prefix) > bits) {
            throw unreadable(text);
        }
        return new AddressRange(base, Integer.parseInt(prefix));
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
