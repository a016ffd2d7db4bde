package dev.gatehouse.device;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.gatehouse.spi.UpgradeContext;

/**
 * Where a gateway is reached, in the one form that stock clients accept in a setup code: {@code ws} or {@code wss}, host
 * in lower case, no default port, no slash at the end, no query (wire reference 7.8).
 *
 * @param text the URL, 512 characters at most
 */
public record GatewayUrl(String text) {

    private static final int LENGTH_MAX = 512;
    private static final Pattern HOST = Pattern.compile("[0-9a-z.-]{1,253}|\\[[0-9a-f:.]{2,45}]");
    private static final Pattern PATH = Pattern.compile("(/[0-9A-Za-z._~-]+)*");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[.*]");
    private static final int WS_PORT = 80;
    private static final int WSS_PORT = 443;
    private static final int PORT_MAX = 65_535;
    private static final int UNIQUE_LOCAL = 0xfc;
    private static final int UNIQUE_LOCAL_MASK = 0xfe;

    /**
     * Reads a URL.
     *
     * @param text a URL with {@code ws}, {@code wss}, {@code http} or {@code https}
     * @return the URL in its one form, or empty when it is none that a client could use
     */
    public static Optional<GatewayUrl> parse(String text) {
        if (text.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        try {
            return of(new URI(text.strip()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /**
     * Where the client of an upgrade reached this gateway, without the path.
     *
     * @return the URL, or empty when its {@code Host} header is none
     */
    public static Optional<GatewayUrl> reachedBy(UpgradeContext upgrade) {
        String scheme = upgrade.transport().isEncrypted() ? "wss://" : "ws://";
        return upgrade.host().flatMap(host -> parse(scheme + host));
    }

    /** The same host with another path, such as that of the deployment. */
    public GatewayUrl at(String path) {
        URI uri = URI.create(text);
        return new GatewayUrl(uri.getScheme() + "://" + uri.getRawAuthority() + path);
    }

    /** The same place for HTTP. */
    public String http() {
        return text.replaceFirst("^ws", "http");
    }

    /** Whether nobody on the way can read what is sent: TLS, or the same machine. */
    public boolean isSecure() {
        return text.startsWith("wss:")
                || host().equals("localhost")
                || address().filter(InetAddress::isLoopbackAddress).isPresent();
    }

    /** Whether a setup code may name it: it is secure, or does not leave the local network. */
    public boolean isUsable() {
        return isSecure()
                || host().endsWith(".local")
                || address().filter(GatewayUrl::isPrivate).isPresent();
    }

    private static Optional<GatewayUrl> of(URI uri) {
        Optional<String> scheme = scheme(uri);
        Optional<String> host = Optional.ofNullable(uri.getHost()).map(name -> name.toLowerCase(Locale.ROOT));
        boolean isPlain = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
        if (scheme.isEmpty()
                || host.filter(HOST.asMatchPredicate()).isEmpty()
                || !isPlain
                || uri.getPort() > PORT_MAX) {
            return Optional.empty();
        }
        String path = Optional.ofNullable(uri.getRawPath()).orElse("").replaceFirst("/+$", "");
        return PATH.matcher(path).matches()
                ? Optional.of(new GatewayUrl(scheme.get() + "://" + host.get() + port(uri, scheme.get()) + path))
                : Optional.empty();
    }

    private static Optional<String> scheme(URI uri) {
        String given = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        return switch (given) {
            case "ws", "http" -> Optional.of("ws");
            case "wss", "https" -> Optional.of("wss");
            default -> Optional.empty();
        };
    }

    private static String port(URI uri, String scheme) {
        int usual = scheme.equals("ws") ? WS_PORT : WSS_PORT;
        return uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
    }

    private String host() {
        return URI.create(text).getHost();
    }

    /** Only of an address in figures: a name is not looked up. */
    private Optional<InetAddress> address() {
        if (!ADDRESS.matcher(host()).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(host()));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static boolean isPrivate(InetAddress address) {
        boolean isUniqueLocal =
                (address.getAddress()[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL && address.getAddress().length > 4;
        return address.isSiteLocalAddress() || address.isLinkLocalAddress() || isUniqueLocal;
    }

    @Override
    public String toString() {
        return text;
    }
}
