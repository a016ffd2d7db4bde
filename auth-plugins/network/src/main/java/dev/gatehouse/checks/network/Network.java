package dev.gatehouse.checks.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One IP address, or all that share a prefix with it. Never asks a name server. Immutable.
 *
 * @param first its first address
 * @param prefix how many leading bits count
 */
record Network(InetAddress first, int prefix) {

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

    /** Both forms of an address are literals, and for a literal the JDK looks nothing up. */
    private static final Pattern FORM = Pattern.compile("(?<address>" + OCTET + "(?:\\." + OCTET
            + "){3}|(?=[0-9a-f.]*:)[0-9a-f:][0-9a-f:.]*)(?:/(?<prefix>0|[1-9][0-9]{0,2}))?");

    private static final int TEXT_MAX = 50;

    /** The networks of a list that has no {@link #problem}. */
    static List<Network> all(List<String> texts) {
        return texts.stream().flatMap(text -> parse(text).stream()).toList();
    }

    /**
     * What is wrong with an entry, and what to write instead.
     *
     * @return a sentence for the operator; empty when nothing is wrong
     */
    static Optional<String> problem(String text) {
        Optional<Network> network = parse(text);
        if (network.isEmpty()) {
            return Optional.of("'" + text + "' is neither an IP address nor a network; write 192.0.2.7, 10.0.0.0/8 or"
                    + " fd00::/8, in lower case and without a zone");
        }
        InetAddress exact = network.get().cut(network.get().first());
        return exact.equals(network.get().first())
                ? Optional.empty()
                : Optional.of("'" + text + "' has bits set behind its prefix; write " + exact.getHostAddress() + "/"
                        + network.get().prefix() + " for the network, or the address without a prefix");
    }

    /** Whether an address is in it; one of IPv4 never is in a network of IPv6, and the other way round. */
    boolean contains(InetAddress address) {
        return address.getAddress().length == first.getAddress().length
                && cut(address).equals(first);
    }

    private static Optional<Network> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (text.length() > TEXT_MAX || !matcher.matches()) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.getByName(matcher.group("address"));
            int bits = address.getAddress().length * Byte.SIZE;
            String digits = matcher.group("prefix");
            int prefix = digits == null ? bits : Integer.parseInt(digits);
            return prefix > bits ? Optional.empty() : Optional.of(new Network(address, prefix));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** The address with every bit behind the prefix cleared. */
    private InetAddress cut(InetAddress address) {
        byte[] bytes = address.getAddress();
        int whole = prefix / Byte.SIZE;
        if (whole < bytes.length) {
            bytes[whole] &= (byte) ~(0xFF >> (prefix % Byte.SIZE));
            Arrays.fill(bytes, whole + 1, bytes.length, (byte) 0);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }
}
