package dev.gatehouse.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/**
 * A program with OpenClaw's own client package in it; what it tells comes as JSON lines.
 *
 * <p>Each line is seen once: waiting for a line passes over those before it.
 */
final class StockClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Process process;
    private final BlockingQueue<JsonNode> lines = new LinkedBlockingQueue<>();

    private StockClient(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "stock-client");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts the client; the folder keeps its key and its device tokens from one start to the next. */
    static StockClient start(Server server, Path folder, String sharedToken) {
        ProcessBuilder builder = new ProcessBuilder(
                        node().toString(),
                        Checkout.systemTests("src/test/js/client.mjs").toString(),
                        server.webSocket(),
                        folder.resolve("identity.json").toString(),
                        tokens(folder).toString())
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("client.err").toFile()));
        builder.environment().remove("SHARED_TOKEN");
        if (!sharedToken.isEmpty()) {
            builder.environment().put("SHARED_TOKEN", sharedToken);
        }
        try {
            return new StockClient(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the stock client", e);
        }
    }

    /** The file in which the client keeps its device tokens. */
    static Path tokens(Path folder) {
        return folder.resolve("tokens.json");
    }

    /** The Node that came with the package, or else the machine's. */
    static Path node() {
        try (Stream<Path> modules = Files.list(Checkout.systemTests("node_modules"))) {
            return modules.map(module -> module.resolve("bin/node"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElse(Path.of("node"));
        } catch (IOException e) {
            throw new UncheckedIOException("the client is not installed; run system-tests/install-client", e);
        }
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(JSON.readTree(line));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the client wrote something else than JSON", e);
        } catch (IOException e) {
            lines.add(JSON.createObjectNode().put("what", "ended").put("why", e.getMessage()));
        }
    }

    /** Waits for the next line of that kind, passing over all others. */
    JsonNode await(String what) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<JsonNode> passed = new ArrayList<>();
        for (JsonNode line = poll(deadline); line != null; line = poll(deadline)) {
            if (line.path("what").asText().equals(what)) {
                return line;
            }
            passed.add(line);
        }
        throw new AssertionError("no '" + what + "' from the client in " + PATIENCE + "; it said " + passed);
    }

    /**
     * Waits for the next refusal. A connection that a container lost without an answer is none: the client tries again
     * by itself, and is answered then.
     */
    JsonNode awaitRefusal() {
        JsonNode error = await("connect-error");
        while (error.at("/details/code").asText().isEmpty()) {
            error = await("connect-error");
        }
        return error;
    }

    private @Nullable JsonNode poll(long deadline) {
        try {
            return lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the client", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
