package dev.gatehouse.checks.origin;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The origin of a page, in the form in which browsers send it: lower case, without the scheme's own port and without a
 * path. Only ASCII names and literal addresses exist; what a browser would never send is not an origin.
 *
 * @param scheme the scheme
 * @param host name or address, an IPv6 address in brackets
 * @param authority the host with its port, as it stands in a {@code Host} header
 */
record Origin(String scheme, String host, String authority) {

    private static final int LENGTH_MAX = 300;
    private static final int PORT_MAX = 65_535;
    private static final Pattern FORM = Pattern.compile("(?<scheme>[a-z][a-z0-9+.-]*)://"
            + "(?<host>[a-z0-9_](?:[a-z0-9_-]|\\.(?!\\.))*|\\[[0-9a-f:.]+])"
            + "(?::(?<port>[1-9][0-9]{0,4}))?/?");
    private static final Pattern EXTENSION = Pattern.compile("chrome-extension://[a-p]{32}");

    /**
     * Reads an {@code Origin} header.
     *
     * @param header the header as sent
     * @return the origin, or empty when this is none
     */
    static Optional<Origin> parse(String header) {
        if (header.length() > LENGTH_MAX || header.chars().anyMatch(character -> character > 127)) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(header.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String scheme = matcher.group("scheme");
        String host = matcher.group("host");
        String port = matcher.group("port");
        if (host.startsWith("[") && LiteralAddress.parse(host).isEmpty()) {
            return Optional.empty();
        }
        if (port != null && Integer.parseInt(port) > PORT_MAX) {
            return Optional.empty();
        }
        boolean isPortImplied = port == null || port.equals(ownPort(scheme));
        return Optional.of(new Origin(scheme, host, isPortImplied ? host : host + ":" + port));
    }

    /**
     * Whether a header is the origin of a Chrome extension, letter for letter as Chrome sends it.
     *
     * @param header the header as sent
     * @return true for {@code chrome-extension://} and 32 letters from a to p
     */
    static boolean isExtension(String header) {
        return EXTENSION.matcher(header).matches();
    }

    /** The origin as browsers send it. */
    String text() {
        return scheme + "://" + authority;
    }

    private static String ownPort(String scheme) {
        return switch (scheme) {
            case "http" -> "80";
            case "https" -> "443";
            default -> "none";
        };
    }
}
