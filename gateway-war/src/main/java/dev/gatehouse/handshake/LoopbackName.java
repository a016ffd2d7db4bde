package dev.gatehouse.handshake;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names under which a browser treats a page as being on its own machine. */
final class LoopbackName {

    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9a-f:.]+\\]|[^:\\[\\]]+)(:[0-9]{1,5})?");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\]|\\[::ffff:127(\\.[0-9]{1,3}){3}\\]");

    /** A page that came over HTTP, or an extension of the browser, which no page can pass itself off as. */
    private static final Pattern ORIGIN =
            Pattern.compile("https?://(?<authority>[^/]+)/?|(chrome|moz)-extension://[a-z0-9-]+/?");

    private LoopbackName() {}

    /** Whether a {@code Host} header names this machine's loopback, with or without a port. */
    static boolean matches(String hostHeader) {
        var parts = HOST_AND_PORT.matcher(hostHeader.toLowerCase(Locale.ROOT));
        return parts.matches() && LOOPBACK.matcher(parts.group(1)).matches();
    }

    /** Whether an {@code Origin} header names a page of this machine, or an extension of its browser. */
    static boolean isOfOrigin(String originHeader) {
        var parts = ORIGIN.matcher(originHeader.toLowerCase(Locale.ROOT));
        return parts.matches()
                && Optional.ofNullable(parts.group("authority"))
                        .map(LoopbackName::matches)
                        .orElse(true);
    }
}
