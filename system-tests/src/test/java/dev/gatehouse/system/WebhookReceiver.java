package dev.gatehouse.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;

/** A program on loopback that is told by webhooks, and answers when it is allowed to. */
final class WebhookReceiver implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NO_CONTENT = 204;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    /** What came: the id of the message, and the entry of the audit that it tells. */
    record Told(String messageId, long sequence, String type) {}

    WebhookReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] sent = exchange.getRequestBody().readAllBytes();
                JsonNode body = JSON.readTree(sent);
                bodies.add(exchange.getRequestHeaders().entrySet() + "\n" + new String(sent, StandardCharsets.UTF_8));
                told.add(new Told(
                        exchange.getRequestHeaders().getFirst("webhook-id"),
                        body.at("/data/sequence").asLong(),
                        body.at("/type").asText()));
                mayAnswer.await();
                exchange.sendResponseHeaders(NO_CONTENT, -1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    List<Told> told() {
        return List.copyOf(told);
    }

    /** Headers and bodies, word for word. */
    List<String> bodies() {
        return List.copyOf(bodies);
    }

    /** Answers what waits for an answer, and everything from now on. */
    void answer() {
        mayAnswer.countDown();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
        mayAnswer.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
