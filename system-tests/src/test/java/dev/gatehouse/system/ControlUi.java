package dev.gatehouse.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * OpenClaw's own Control UI in a headless Chromium, used as a person uses it. What to click on is said by a selector of
 * Playwright, {@code role=button[name='Approve']} for one; every order waits until it can be carried out.
 */
final class ControlUi implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(90); // longer than the script's own for one order
    private static final String DIALOG = "openclaw-modal-dialog";

    private final Process process;
    private final Path errors;
    private final Writer orders;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final int port;

    private ControlUi(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "control-ui");
        reader.setDaemon(true);
        reader.start();
        this.port = answer("start").path("port").asInt();
    }

    /** Starts the browser and serves the UI; nothing is opened yet. */
    static ControlUi start(Path folder) {
        Path errors = folder.resolve("control-ui.err");
        ProcessBuilder builder = new ProcessBuilder(
                        StockClient.node().toString(),
                        Checkout.systemTests("src/test/js/control-ui.mjs").toString(),
                        Checkout.systemTests("openclaw-cli/node_modules/openclaw/dist/control-ui")
                                .toString(),
                        Checkout.systemTests("target/screenshots").toString())
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
        try {
            return new ControlUi(builder.start(), errors);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the Control UI", e);
        }
    }

    /** Where the page comes from: not from loopback, as far as the browser can tell. */
    String origin() {
        return "http://ui.example:" + port;
    }

    /** Opens the UI by a link to the gateway with its token, and says yes to what it asks about that. */
    void openLinkTo(Server server) {
        String gateway = "ws://127.0.0.1:" + server.port();
        openLink(
                server,
                origin() + "/?gatewayUrl=" + URLEncoder.encode(gateway, StandardCharsets.UTF_8) + "#token="
                        + server.gatewayToken());
    }

    /** Opens a link that names the gateway, and says yes to what the UI asks about that. */
    void openLink(Server server, String link) {
        order(Map.of("do", "open", "url", link));
        click("role=button[name='Switch to 127.0.0.1:" + server.port() + "']");
    }

    /** Loads the page anew, without anything that a link said. */
    void openAgain() {
        order(Map.of("do", "open", "url", origin() + "/"));
    }

    /** Goes to another page of the UI without loading anything anew. */
    void visit(String path) {
        order(Map.of("do", "visit", "path", path));
    }

    void click(String what) {
        order(Map.of("do", "click", "what", what));
    }

    /** Clicks a button of the dialog that is open. */
    void clickInDialog(String button) {
        click(DIALOG + " >> role=button[name='" + button + "']");
    }

    void fillInDialog(String text) {
        order(Map.of("do", "fill", "what", DIALOG + " >> role=textbox", "text", text));
    }

    String dialog() {
        return text(DIALOG);
    }

    void awaitText(String text) {
        order(Map.of("do", "appear", "what", "text=" + text));
    }

    void awaitNoText(String text) {
        order(Map.of("do", "disappear", "what", "text=" + text));
    }

    void awaitThere(String what) {
        order(Map.of("do", "appear", "what", what));
    }

    void awaitGone(String what) {
        order(Map.of("do", "disappear", "what", what));
    }

    String text(String what) {
        return order(Map.of("do", "text", "what", what)).asText();
    }

    /** Keeps what a person would see now in {@code target/screenshots}. */
    void picture(String name) {
        order(Map.of("do", "picture", "name", name));
    }

    /** What happened so far: {@code loads} of a page, {@code crashes}, and {@code connectsAt} in milliseconds. */
    JsonNode seen() {
        return order(Map.of("do", "seen"));
    }

    private JsonNode order(Map<String, String> order) {
        try {
            orders.write(JSON.writeValueAsString(order) + "\n");
            orders.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the Control UI is gone: " + TextFile.tail(errors), e);
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
            throw new IllegalStateException("interrupted while waiting for the Control UI", e);
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
