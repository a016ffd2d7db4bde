package dev.gatehouse.system;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/** The operators' console in a headless Chromium, used as a person uses it. */
final class ConsolePage implements AutoCloseable {

    private final BrowserScript script;

    private ConsolePage(BrowserScript script) {
        this.script = script;
    }

    /** Starts the browser and opens the console; nobody is signed in. */
    static ConsolePage open(Server server, Path folder) {
        ConsolePage page = new ConsolePage(BrowserScript.start("console.mjs", folder, BrowserScript.screenshots()));
        page.open(server.http("/console").toString());
        return page;
    }

    void open(String url) {
        script.order("open", "url", url);
    }

    void signIn(String apiKey) {
        script.order(Map.of("do", "fill", "what", "#api-key", "text", apiKey));
        click("role=button[name='Sign in']");
    }

    /** Goes to a page of the console. */
    void visit(String hash) {
        script.order("visit", "hash", hash);
    }

    void click(String what) {
        script.order("click", "what", what);
    }

    void fill(String what, String text) {
        script.order(Map.of("do", "fill", "what", what, "text", text));
    }

    void press(String key) {
        script.order("press", "key", key);
    }

    void awaitText(String text) {
        awaitThere("text=" + text);
    }

    void awaitThere(String what) {
        script.order("appear", "what", what);
    }

    void awaitGone(String what) {
        script.order("disappear", "what", what);
    }

    String text(String what) {
        return script.order("text", "what", what).asText();
    }

    String title() {
        return script.order("title").asText();
    }

    /** Switches to {@code light} or {@code dark}. */
    void scheme(String scheme) {
        script.order("scheme", "scheme", scheme);
    }

    void width(int pixels) {
        script.order("width", "width", Integer.toString(pixels));
    }

    /** How many pixels are beyond the right edge of the window. */
    int overflow() {
        return script.order("overflow").asInt();
    }

    /** What keeps people with a screen reader or a keyboard out, as axe sees it. */
    List<String> barriers() {
        return texts(script.order("axe"));
    }

    /** Keeps the whole page in {@code target/screenshots}. */
    void picture(String name) {
        script.order("wholePicture", "name", name);
    }

    /** How the page would show a text from outside. */
    String visible(String text) {
        return script.order("visible", "text", text).asText();
    }

    /** The cookies of the browser, without their values. */
    JsonNode cookies() {
        return script.order("cookies");
    }

    String cookiesThatScriptsSee() {
        return script.order("scriptCookies").asText();
    }

    /** What must not happen: {@code crashes}, {@code violations} of the page's policy, {@code foreign} requests. */
    JsonNode seen() {
        return script.order("seen");
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    @Override
    public void close() {
        script.close();
    }
}
