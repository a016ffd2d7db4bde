package dev.gatehouse.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads IP addresses without ever asking a name service: what is not an address in full is not read. */
public final class AddressLiteral {

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

    private static final String IPV4 = OCTET + "(\\." + OCTET + "){3}";

    /**
     * Four octets, or something with a colon, perhaps with four octets at its end: the JDK looks up none of these. It would
     * read groups of more than four digits, though.
     */
    private static final Pattern LITERAL =
            Pattern.compile(IPV4 + "|(?!.*[0-9a-fA-F]{5})(?:(?=[^:]*:)[0-9a-fA-F:]+|[0-9a-fA-F:]*:" + IPV4 + ")");

    private AddressLiteral() {}

    /** The address, or empty for a name, a short form such as {@code 10.1}, an empty text and everything else. */
    public static Optional<InetAddress> parse(String text) {
        if (!LITERAL.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
