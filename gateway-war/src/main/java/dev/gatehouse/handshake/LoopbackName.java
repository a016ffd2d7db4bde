package dev.gatehouse.handshake;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names under which a browser treats a page as being on its own machine. */
final class LoopbackName {

    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9a-f:.]+\\]|[^:\\[\\]]+)(:[0-9]{1,5})?");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\]|\\[::ffff:127(\\.[0-9]{1,3}){3}\\]");

    private LoopbackName() {}

    /** Whether a {@code Host} header names this machine's loopback, with or without a port. */
    static boolean matches(String hostHeader) {
        var parts = HOST_AND_PORT.matcher(hostHeader.toLowerCase(Locale.ROOT));
        return parts.matches() && LOOPBACK.matcher(parts.group(1)).matches();
    }
}
