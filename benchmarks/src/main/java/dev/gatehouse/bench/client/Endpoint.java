package dev.gatehouse.bench.client;

import java.net.InetSocketAddress;
import java.net.URI;

/** Where the gateway listens, from a {@code ws://} address. */
public final class Endpoint {

    private final URI uri;
    private final InetSocketAddress address;

    private Endpoint(URI uri, InetSocketAddress address) {
        this.uri = uri;
        this.address = address;
    }

    public static Endpoint parse(String text) {
        URI uri = URI.create(text);
        if (!"ws".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("'" + text + "' is not of the form ws://host[:port][/path]");
        }
        int port = uri.getPort() == -1 ? 80 : uri.getPort();
        InetSocketAddress address = new InetSocketAddress(uri.getHost(), port);
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("'" + uri.getHost() + "' has no address");
        }
        return new Endpoint(uri, address);
    }

    InetSocketAddress address() {
        return address;
    }

    public boolean isLoopback() {
        return address.getAddress().isLoopbackAddress();
    }

    String host() {
        return uri.getRawAuthority();
    }

    String path() {
        return uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    }

    /** The HTTP address of a resource that the same gateway serves below the same context path. */
    public URI http(String resource) {
        String base = "http://" + uri.getRawAuthority() + uri.getRawPath();
        return URI.create(base.endsWith("/") ? base + resource : base + "/" + resource);
    }
}
