package dev.gatehouse.observe;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A collector that takes traces by OTLP over HTTP, and remembers them. */
public final class Collector implements AutoCloseable {

    private static final String PATH = "/v1/traces";

    private final HttpServer server;
    private final List<Exported> spans = new CopyOnWriteArrayList<>();

    /** A span as it arrived; a parent of no digits is none. */
    public record Exported(
            String traceId,
            String spanId,
            String parentId,
            String name,
            long start,
            long end,
            Map<String, String> attributes) {}

    /** A collector that listens. */
    public Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(PATH, this::take);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
    }

    /** What arrived so far. */
    public List<Exported> spans() {
        return List.copyOf(spans);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = exchange.getRequestBody()) {
            boolean isZipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            byte[] message = isZipped ? new GZIPInputStream(body).readAllBytes() : body.readAllBytes();
            ProtobufReader.of(ByteBuffer.wrap(message)).messages(1).stream()
                    .flatMap(resource -> resource.messages(2).stream())
                    .flatMap(scope -> scope.messages(2).stream())
                    .map(Collector::read)
                    .forEach(spans::add);
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static Exported read(ProtobufReader span) {
        return new Exported(
                hex(span.bytes(1)),
                hex(span.bytes(2)),
                hex(span.bytes(4)),
                span.text(5),
                span.number(7),
                span.number(8),
                span.messages(9).stream()
                        .collect(Collectors.toMap(
                                pair -> pair.text(1),
                                pair -> pair.messages(2).get(0).text(1))));
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return HexFormat.of().formatHex(copy);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
