package dev.gatehouse.webhook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;

/** A program that receives webhooks on loopback, and checks signatures in its own way. */
public final class Receiver implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile Function<Received, Reply> replies = message -> Reply.of(204);

    /** What came: the path, the headers in lower case, and the body. */
    public record Received(String path, Map<String, String> headers, String body) {

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }

        public String id() {
            return header("webhook-id");
        }

        public String type() {
            return json().get("type").asText();
        }

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Whether one of the signatures is that of the secret. */
        public boolean isSignedWith(String secret) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(
                        Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")), "HmacSHA256"));
                mac.update(id().getBytes(StandardCharsets.UTF_8));
                mac.update(("." + header("webhook-timestamp") + ".").getBytes(StandardCharsets.UTF_8));
                byte[] expected = mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
                return Stream.of(header("webhook-signature").split(" ", -1))
                        .filter(signature -> signature.startsWith("v1,"))
                        .map(signature -> Base64.getDecoder().decode(signature.substring("v1,".length())))
                        .anyMatch(signature -> MessageDigest.isEqual(signature, expected));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** What to answer: the status, one header, and how many bytes of body. */
    public record Reply(int status, String header, String value, long bytes) {

        public static Reply of(int status) {
            return new Reply(status, "x-none", "", 0);
        }
    }

    public Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                Received message = new Received(exchange.getRequestURI().toString(), headers, body);
                received.add(message);
                Reply reply = replies.apply(message);
                exchange.getResponseHeaders().set(reply.header(), reply.value());
                exchange.sendResponseHeaders(reply.status(), reply.bytes() == 0 ? -1 : reply.bytes());
                for (long sent = 0; sent < reply.bytes(); sent++) {
                    exchange.getResponseBody().write('x');
                }
            }
        });
        server.start();
    }

    /** From now on, messages are answered like this. */
    public void replies(Function<Received, Reply> next) {
        replies = next;
    }

    public void replies(int status) {
        replies = message -> Reply.of(status);
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    public List<String> types() {
        return received.stream().map(Received::type).toList();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/hook";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
