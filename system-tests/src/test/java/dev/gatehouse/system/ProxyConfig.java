package dev.gatehouse.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A config of server-config/, as it is or with a mistake that somebody may make.
 *
 * @param name what is special about it; empty when it is as it is
 */
record ProxyConfig(Proxy proxy, String name, String text) {

    private static final String GATEWAY = "127.0.0.1:18789";
    private static final String PORT = "443";

    /** A line within Caddy's reverse_proxy. */
    private static final String STREAMING = "flush_interval -1";

    static ProxyConfig asItIs(Proxy proxy) {
        return new ProxyConfig(proxy, "", TextFile.read(proxy.config()));
    }

    ProxyConfig named(String other) {
        return new ProxyConfig(proxy, other, text);
    }

    /** With every occurrence of a text, which must be there, replaced. */
    ProxyConfig with(String part, String other) {
        if (!text.contains(part)) {
            throw new IllegalStateException(proxy.config() + " has no '" + part + "'");
        }
        return new ProxyConfig(proxy, name, text.replace(part, other));
    }

    /** Without the lines, of which there must be one, that contain a text. */
    ProxyConfig without(String part) {
        String rest = text.lines().filter(line -> !line.contains(part)).collect(Collectors.joining("\n", "", "\n"));
        if (rest.equals(text)) {
            throw new IllegalStateException(proxy.config() + " has no line with '" + part + "'");
        }
        return new ProxyConfig(proxy, name, rest);
    }

    /** Says nothing of the client. */
    ProxyConfig silent() {
        ProxyConfig named = named("which names nobody");
        return switch (proxy) {
            case NGINX -> named.without("X-Forwarded-");
            case HAPROXY -> named.without("set-header X-Forwarded-");
            case CADDY -> named.with(STREAMING, STREAMING + "\nheader_up -X-Forwarded-*");
        };
    }

    /** Adds to what the client sent. */
    ProxyConfig appending() {
        ProxyConfig named = named("which appends");
        return switch (proxy) {
            case NGINX -> named.with("X-Forwarded-For   $remote_addr", "X-Forwarded-For $proxy_add_x_forwarded_for");
            case HAPROXY ->
                named.without("del-header X-Forwarded-")
                        .with("set-header X-Forwarded-For", "add-header X-Forwarded-For");
            case CADDY ->
                named.without("request_header -X-Forwarded-*")
                        .with(STREAMING, STREAMING + "\ntrusted_proxies 0.0.0.0/0 ::/0");
        };
    }

    /** Fills in the placeholders, and starts the proxy in front of whatever listens on a port. */
    RunningProxy start(SelfSigned tls, int behind) {
        int port = FreePorts.next();
        Path folder = Checkout.freshFolder(proxy.label());
        ProxyConfig filled = with(PORT, Integer.toString(port)).with(GATEWAY, "127.0.0.1:" + behind);
        for (Map.Entry<String, String> placeholder : proxy.placeholders(tls).entrySet()) {
            filled = filled.with(placeholder.getKey(), placeholder.getValue());
        }
        write(folder.resolve(proxy.config().getFileName()), filled.text());
        proxy.besides(folder).forEach((file, content) -> write(folder.resolve(file), content));
        return RunningProxy.start(this, port, folder);
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
