package dev.gatehouse.system;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/** OpenClaw's own Control UI in a headless Chromium, used as a person uses it. */
final class ControlUi implements AutoCloseable {

    private static final String DIALOG = "openclaw-modal-dialog";

    private final BrowserScript script;
    private final int port;

    private ControlUi(BrowserScript script) {
        this.script = script;
        this.port = script.started().path("port").asInt();
    }

    /** Starts the browser and serves the UI; nothing is opened yet. */
    static ControlUi start(Path folder) {
        return new ControlUi(BrowserScript.start(
                "control-ui.mjs",
                folder,
                Checkout.systemTests("openclaw-cli/node_modules/openclaw/dist/control-ui")
                        .toString(),
                BrowserScript.screenshots()));
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
        return script.order(order);
    }

    @Override
    public void close() {
        script.close();
    }
}
