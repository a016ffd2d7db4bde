package dev.gatehouse.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The operators' console in a browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PAGES = List.of("pairing", "devices", "sessions", "refusals", "chain", "audit");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PHONE = 360;
    private static final int DESK = 1280;

    /** Markup, a direction mark, a sequence of a terminal, a new line, and a character of four bytes. */
    private static final String HOSTILE =
            "<img src=x onerror=alert(1)><b>x</b> \u202Egnp.exe \u001B[31mred\nsecond \uD83D\uDC08";

    private static final String HOSTILE_SPELLED =
            "<img src=x onerror=alert(1)><b>x</b> ⟨U+202E⟩gnp.exe ␛[31mred␊second \uD83D\uDC08";

    /** The registry leaves control characters out of names. */
    private static final String HOSTILE_KEPT = HOSTILE_SPELLED.replaceAll("[␛␊]", "");

    private EmbeddedServer server;
    private Operator operator;
    private ConsolePage page;

    @BeforeAll
    void start() {
        server = EmbeddedServer.start();
        operator = Operator.of(server);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        operator.deviceIds().forEach(operator::removeDevice);
        operator.requestIds().forEach(operator::reject);
        page = ConsolePage.open(server, folder);
    }

    /** Whatever a test did: nothing crashed, nothing broke the policy, and nobody else was called. */
    @AfterEach
    void close() {
        try (ConsolePage ended = page) {
            assertThat(ended.seen().path("crashes")).isEmpty();
            assertThat(ended.seen().path("violations")).isEmpty();
            assertThat(ended.seen().path("foreign")).isEmpty();
        }
    }

    @Test
    void signIn_withAKey_leavesACookieThatNoScriptReads() {
        assertThat(page.barriers()).isEmpty();
        page.picture("console-sign-in");
        page.signIn("gk_00000000_" + "A".repeat(43));
        page.awaitText("the API key is not one of this gateway");

        page.signIn(server.apiKey());

        page.awaitText("No device waits");
        assertThat(page.cookiesThatScriptsSee()).isEmpty();
        JsonNode cookie = page.cookies().path(0);
        assertThat(cookie.path("name").asText()).isEqualTo("gatehouse_console");
        assertThat(cookie.path("httpOnly").asBoolean()).isTrue();
        assertThat(cookie.path("sameSite").asText()).isEqualTo("Strict");

        page.open(server.http("/console/#devices").toString());
        page.awaitText("0 devices");
        page.click("role=button[name='Sign out']");
        page.awaitText("Signed out.");
        page.open(server.http("/console/").toString());
        page.awaitThere("#api-key");
    }

    @Test
    void device_thatTheStockClientAsksFor_isApprovedByOneKey_comesIn_andIsTerminated(@TempDir Path folder) {
        signIn();
        page.awaitText("No device waits");
        try (StockClient client = StockClient.start(server, folder, server.gatewayToken())) {
            client.awaitRefusal();
            page.awaitThere("role=listitem >> text=is new here");
            assertThat(page.title()).isEqualTo("(1) Gatehouse console");
            page.awaitThere("li.selected.ready");
            page.press("a");
            page.awaitText("comes in as soon as it asks again");
            assertThat(client.await("hello").path("scopes").toString()).contains("operator.read");

            page.visit("#sessions");
            page.awaitText("1 session.");
            page.awaitText("shared gateway token");
            page.click("role=button[name='Terminate']");
            page.picture("console-terminate");
            page.click("dialog >> role=button[name='Terminate']");
            JsonNode close = client.await("close");
            assertThat(close.path("code").asInt()).isEqualTo(4001);
            assertThat(close.path("reason").asText()).isEqualTo("session terminated");
            page.awaitText("Terminated: ");
            assertThat(page.title()).isEqualTo("Gatehouse console");
        }
    }

    @Test
    void request_isRejected_byTheKeyboardAlone() throws IOException {
        TestDevice one = TestDevice.create();
        TestDevice other = TestDevice.create();
        one.request(server, "openclaw-macos", "ui");
        String last = other.request(server, "openclaw-ios", "ui");
        signIn();
        page.awaitText("2 devices waiting");

        page.press("?");
        page.awaitText("reject the selected request");
        page.press("Escape");
        page.awaitGone("dialog");
        page.press("j");
        page.press("k");
        page.awaitThere("li.selected.ready[data-key='" + last + "']");
        page.press("r");

        page.awaitText("1 device waiting");
        assertThat(operator.requestIds()).hasSize(1).doesNotContain(last);
    }

    @Test
    void link_toARequest_selectsIt() throws IOException {
        String wanted = TestDevice.create().request(server, "openclaw-macos", "ui");
        String newer = TestDevice.create().request(server, "openclaw-ios", "ui");
        signIn();
        page.awaitThere("li.selected[data-key='" + newer + "']");

        page.visit("#pairing/" + wanted);

        page.awaitThere("li.selected[data-key='" + wanted + "']");
    }

    @Test
    void approval_withLessTicked_grantsLess_andNamesTheDevice_alsoWhenItAsksAgainMeanwhile() throws IOException {
        TestDevice device = TestDevice.create();
        String row = "li[data-key='" + device.request(server, "openclaw-macos", "ui") + "']";
        signIn();
        page.awaitText("1 device waiting");

        page.click(row + " >> input[value='operator.read']");
        page.fill(row + " >> input[name=label]", "bench laptop");
        device.request(server, "openclaw-macos", "ui");
        TestDevice.create().request(server, "openclaw-ios", "ui");
        page.awaitText("2 devices waiting");
        page.click(row + " >> role=button[name='Approve']");

        page.awaitText("1 device waiting");
        JsonNode approved = JSON.readTree(operator.device(device.id()).body());
        assertThat(approved.path("label").asText()).isEqualTo("bench laptop");
        assertThat(approved.at("/grants/0/scopes")).isEmpty();
        assertThat(approved.at("/grants/0/withheld/0").asText()).isEqualTo("operator.read");
    }

    @Test
    void refusal_isFollowedToItsRequest_andItsClientComesIn(@TempDir Path folder) {
        signIn();
        try (StockClient client = StockClient.start(server, folder, server.gatewayToken())) {
            client.awaitRefusal();
            page.visit("#refusals");
            page.click("role=link[name=/Nobody approved the device/] >> nth=0");
            page.awaitText("It was told: “pairing required: device is not approved yet");
            page.picture("console-refusal");
            page.click("css=dd a[href^='#pairing/']");
            page.awaitThere("li.selected.ready");
            page.press("a");
            page.awaitText("comes in as soon as it asks again");
            client.await("hello");
        }
    }

    @Test
    void refusal_ofAPage_showsTheLineThatLetsItIn() throws Exception {
        String origin = "https://panel.example:8443";
        assertThat(refusedPage(origin)).isEqualTo("CONTROL_UI_ORIGIN_NOT_ALLOWED");
        signIn();
        page.visit("#refusals");
        page.click("role=link[name=/origin is not listed/] >> nth=0");

        String line = page.text("css=.fix pre >> text=allowed-origins");

        Files.writeString(server.home().resolve("gatehouse.yaml"), "checks:\n  origin:\n    " + line + "\n");
        try {
            assertThat(Await.until(PATIENCE, () -> refusedPage(origin).equals("PAIRING_REQUIRED")))
                    .as(line)
                    .isTrue();
        } finally {
            Files.delete(server.home().resolve("gatehouse.yaml"));
        }
    }

    private String refusedPage(String origin) {
        TestDevice device = TestDevice.create();
        try (RawSocket socket = RawSocket.upgrade(server, "/", Map.of("Origin", origin))) {
            Map<String, String> auth = Map.of("token", server.gatewayToken());
            socket.send(device.connect(Answer.challenge(socket), auth, "openclaw-control-ui", "webchat"));
            return Answer.refusal(socket).code();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void device_isFound_renamed_rotated_revoked_andRemoved() throws IOException {
        TestDevice device = approved("openclaw-macos");
        approved("openclaw-ios");
        device.admitted(server, "openclaw-macos", "ui").close();
        signIn();
        page.visit("#devices");
        page.awaitText("2 devices");

        page.fill("#search", "MACOS");
        page.awaitText("1 device found");
        page.click("role=button[name='Rename']");
        page.fill("#dialog-text", "bench laptop");
        page.press("Enter");
        page.fill("#search", "bench");
        page.awaitThere("role=heading[name='bench laptop']");

        confirm("Rotate token", "Rotate");
        page.awaitText("Rotated: the new token goes to the device only");
        confirm("Revoke token", "Revoke");
        page.awaitText("revoked ");
        confirm("Remove", "Remove");
        page.awaitText("0 devices found");
        assertThat(operator.device(device.id()).statusCode()).isEqualTo(404);
    }

    @Test
    void hostileName_isShownAsText_everywhere() throws IOException {
        TestDevice device = TestDevice.create();
        String requestId = ask(device);
        signIn();
        page.awaitThere("li[data-key='" + requestId + "']");
        assertThat(page.text("li[data-key='" + requestId + "'] h2 bdi")).isEqualTo(HOSTILE_KEPT);
        page.picture("console-hostile");
        page.width(PHONE);
        assertThat(page.overflow()).isZero();

        operator.approve(requestId);
        try (RawSocket socket = RawSocket.upgrade(server)) {
            socket.send(named(device, socket));
            Answer.hello(socket);

            assertShown("devices", HOSTILE_KEPT);
            assertShown("sessions", HOSTILE_SPELLED);
        }
    }

    private void assertShown(String name, String text) {
        page.visit("#" + name);
        page.awaitThere("section." + name + " >> h2 bdi");
        assertThat(page.text("h2 bdi")).isEqualTo(text);
        assertThat(page.overflow()).as(name).isZero();
    }

    @Test
    void hiddenCharacters_areSpelledOut_andPicturesStayWhole() {
        assertThat(page.visible(HOSTILE)).isEqualTo(HOSTILE_SPELLED);
        assertThat(page.visible("a\u200Db\u0000\u2066c\u2069\u007F\uFEFF"))
                .isEqualTo("a⟨U+200D⟩b␀⟨U+2066⟩c⟨U+2069⟩⟨U+007F⟩⟨U+FEFF⟩");
        String family = "\uD83D\uDC69\u200D\uD83D\uDC67";
        assertThat(page.visible(family)).isEqualTo(family);
    }

    @Test
    void pages_areReadable_lightDarkAndOnAPhone_andKeepNobodyOut() throws IOException {
        approved("openclaw-macos");
        TestDevice waiting = TestDevice.create();
        waiting.request(server, "openclaw-ios", "ui");
        TestDevice live = approved("cli", "cli");
        RawSocket session = live.admitted(server, "cli", "cli");
        signIn();
        try {
            PAGES.forEach(this::look);
        } finally {
            session.close();
        }
    }

    private void look(String name) {
        page.width(DESK);
        page.visit("#" + name);
        page.awaitThere("section." + name + " >> :text-matches('.{10}')");
        for (String scheme : List.of("light", "dark")) {
            page.scheme(scheme);
            assertThat(page.barriers()).as("%s in %s", name, scheme).isEmpty();
            page.picture("console-" + name + "-" + scheme);
        }
        page.scheme("light");
        page.width(PHONE);
        assertThat(page.overflow()).as(name).isZero();
        page.picture("console-" + name + "-phone");
    }

    private void signIn() {
        page.signIn(server.apiKey());
        page.awaitThere("role=navigation");
    }

    private void confirm(String button, String yes) {
        page.click("role=button[name='" + button + "']");
        page.click("dialog >> role=button[name='" + yes + "']");
        page.awaitGone("dialog");
    }

    private TestDevice approved(String clientId) throws IOException {
        return approved(clientId, "ui");
    }

    private TestDevice approved(String clientId, String clientMode) throws IOException {
        TestDevice device = TestDevice.create();
        operator.approve(device.request(server, clientId, clientMode));
        return device;
    }

    /** Lets a device with a hostile name ask, and returns the id of its request. */
    private String ask(TestDevice device) throws IOException {
        try (RawSocket socket = RawSocket.upgrade(server)) {
            socket.send(named(device, socket));
            return Answer.refusal(socket).error().at("/details/requestId").asText();
        }
    }

    private String named(TestDevice device, RawSocket socket) throws IOException {
        Map<String, String> auth = Map.of("token", server.gatewayToken());
        JsonNode frame = JSON.readTree(device.connect(Answer.challenge(socket), auth, "openclaw-macos", "ui"));
        ((ObjectNode) frame.at("/params/client")).put("displayName", HOSTILE);
        return frame.toString();
    }
}
