package dev.gatehouse.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A script of {@code src/test/js} that drives a headless Chromium. Every order waits until it can be carried out. What to
 * click on is said by a selector of Playwright, {@code role=button[name='Approve']} for one.
 */
final class BrowserScript implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(90); // longer than the script's own for one order

    private final Process process;
    private final Path errors;
    private final Writer orders;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final JsonNode started;

    private BrowserScript(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "browser-script");
        reader.setDaemon(true);
        reader.start();
        this.started = answer("start");
    }

    /**
     * Starts a script.
     *
     * @param name the name of its file
     * @param folder where its errors are written
     */
    static BrowserScript start(String name, Path folder, String... arguments) {
        Path errors = folder.resolve(name + ".err");
        List<String> command = Stream.concat(
                        Stream.of(
                                StockClient.node().toString(),
                                Checkout.systemTests("src/test/js/" + name).toString()),
                        Stream.of(arguments))
                .toList();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
        try {
            return new BrowserScript(builder.start(), errors);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    /** Where pictures are kept. */
    static String screenshots() {
        return Checkout.systemTests("target/screenshots").toString();
    }

    /** What the script said when it had started. */
    JsonNode started() {
        return started;
    }

    JsonNode order(String what) {
        return order(Map.of("do", what));
    }

    JsonNode order(String what, String member, String value) {
        return order(Map.of("do", what, member, value));
    }

    JsonNode order(Map<String, String> order) {
        try {
            orders.write(JSON.writeValueAsString(order) + "\n");
            orders.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the browser is gone: " + TextFile.tail(errors), e);
        }
        return answer(order.toString());
    }

    private JsonNode answer(String order) {
        try {
            String line = answers.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null) {
                throw new AssertionError("no answer to " + order + "; " + TextFile.tail(errors));
            }
            JsonNode answer = JSON.readTree(line);
            if (answer.has("error")) {
                throw new AssertionError(order + ": " + answer.path("error").asText());
            }
            return answer.path("value");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the browser", e);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the script wrote something else than JSON", e);
        }
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                answers.add(line);
            }
            answers.add(ended(TextFile.tail(errors)));
        } catch (IOException e) {
            answers.add(ended(String.valueOf(e.getMessage())));
        }
    }

    private static String ended(String why) {
        return JSON.createObjectNode()
                .put("error", "the browser's script has ended: " + why)
                .toString();
    }

    /** Ends the browser with its script. */
    @Override
    public void close() {
        OwnProcess.end(process);
    }
}
