package dev.gatehouse.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * One IP address, or all addresses that share a prefix with it.
 *
 * @param base the address
 * @param prefix how many leading bits count
 */
public record AddressRange(InetAddress base, int prefix) {

    private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");

    /**
     * Reads an address ({@code 10.0.0.1}, {@code fd00::1}) or a network ({@code 10.0.0.0/8}).
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static AddressRange parse(String text) {
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

    /** Whether an address is in it; an IPv4 address never is in a network of IPv6, and the other way round. */
    public boolean contains(InetAddress address) {
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

    /** Whether the two have an address in common. */
    public boolean overlaps(AddressRange other) {
        return prefix <= other.prefix ? contains(other.base) : other.contains(base);
    }

    /** The address of one host as it is, and a network with its first address and its prefix. */
    @Override
    public String toString() {
        byte[] bytes = base.getAddress();
        for (int bit = prefix; bit < bytes.length * Byte.SIZE; bit++) {
            bytes[bit / Byte.SIZE] &= (byte) ~(0x80 >> (bit % Byte.SIZE));
        }
        String first = text(bytes);
        return prefix == bytes.length * Byte.SIZE ? first : first + "/" + prefix;
    }

    private static String text(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is neither an IP address nor a network; write 10.0.0.1 or 10.0.0.0/8");
    }
}
