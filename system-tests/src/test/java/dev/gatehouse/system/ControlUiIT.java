package dev.gatehouse.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The stock Control UI in a browser, with the shared token or with an invitation. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlUiIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String[] OTHER_PAGES = {
        "/chat/main", "/sessions", "/agents", "/cron", "/usage", "/logs", "/systems", "/settings/connection"
    };

    /** The gateway says five seconds; a timer of the browser may be a little early. */
    private static final long POLL_MILLIS = 4_500;

    private EmbeddedServer server;

    @BeforeAll
    void start() {
        server = EmbeddedServer.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void forgetEverything() throws IOException {
        Operator operator = Operator.of(server);
        operator.deviceIds().forEach(operator::removeDevice);
        operator.requestIds().forEach(operator::reject);
        Files.deleteIfExists(config());
        reload();
    }

    @Test
    void controlUi_fromItsFirstRefusalToItsLast_isUsedWithoutAReload(@TempDir Path folder) throws IOException {
        try (ControlUi ui = ControlUi.start(folder)) {
            refusedForItsOrigin(ui);
            asksForApproval(ui);
            comesInOnceApproved(ui);
            managesAnotherDevice(ui);
            otherPagesSurvive(ui);
            String browser = onlyDevice();
            revokedAndApprovedAgain(ui, browser);

            assertThat(ui.seen().path("loads").asInt()).isEqualTo(1);
            assertThat(ui.seen().path("crashes")).isEmpty();
        }
    }

    @Test
    void controlUi_withAnInvitation_comesInWithoutAnApprovalAndComesBack(@TempDir Path folder) throws IOException {
        try (ControlUi ui = ControlUi.start(folder)) {
            allow(ui.origin());
            reload();
            JsonNode invitation = invitation(ui.origin());

            ui.openLink(server, invitation.path("dashboardUrl").asText());

            ui.awaitText("Message Assistant");
            ui.picture("11-invited");
            String browser = onlyDevice();
            JsonNode redeemed = shown(invitation);
            assertThat(redeemed.path("state").asText()).isEqualTo("redeemed");
            assertThat(redeemed.path("deviceId").asText()).isEqualTo(browser);
            assertThat(Operator.of(server).requestIds()).isEmpty();

            ui.openAgain();

            ui.awaitText("Message Assistant");
            assertThat(onlyDevice()).isEqualTo(browser);
            assertThat(ui.seen().path("crashes")).isEmpty();
        }
    }

    private void refusedForItsOrigin(ControlUi ui) {
        ui.openLinkTo(server);

        ui.awaitText("Browser origin not allowed");
        ui.picture("1-origin-not-allowed");
        assertThat(server.log()).contains("CONTROL_UI_ORIGIN_NOT_ALLOWED");
    }

    private void asksForApproval(ControlUi ui) throws IOException {
        allow(ui.origin());

        ui.awaitText("Approve this browser");
        String requestId = onlyRequest();
        assertThat(ui.text("body"))
                .contains("openclaw devices approve " + requestId)
                .contains("Waiting for approval");
        ui.picture("2-approve-this-browser");
    }

    private void comesInOnceApproved(ControlUi ui) {
        approve(onlyRequest());

        ui.awaitNoText("Approve this browser");
        ui.awaitText("Message Assistant");
        ui.picture("3-came-in");
    }

    private void managesAnotherDevice(ControlUi ui) throws IOException {
        ui.visit("/settings/devices");
        ui.awaitText("1 of 1 connected");
        TestDevice device = TestDevice.create();
        device.request(server, "openclaw-macos", "ui");

        ui.awaitText("new device pairing request");
        ui.picture("4-device-waits");
        ui.click("role=button[name='Approve']");
        ui.awaitText("1 of 2 connected");
        try (RawSocket live = device.admitted(server, "openclaw-macos", "ui")) {
            ui.awaitText("2 of 2 connected");
            renamed(ui, device);
            rotated(ui);
            assertThat(Answer.close(live).closeCode()).isEqualTo(4001);
        }
        removed(ui, device);
    }

    private void renamed(ControlUi ui, TestDevice device) {
        ui.click("role=button[name='Actions for openclaw-macos']");
        ui.click("wa-dropdown-item:visible:has-text('Edit alias')");
        ui.fillInDialog("bench laptop");
        ui.clickInDialog("Save");

        ui.awaitText("bench laptop");
        ui.picture("5-renamed");
        assertThat(Operator.of(server).device(device.id()).body()).contains("bench laptop");
    }

    private static void rotated(ControlUi ui) {
        ui.click(".device-entry:has-text('bench laptop') >> summary");
        ui.click(".device-entry:has-text('bench laptop') >> role=button[name='Rotate']");

        ui.awaitText("Token rotated · bench laptop");
        assertThat(ui.dialog()).contains("the new token is only revealed on the device itself");
        ui.picture("6-rotated");
        ui.clickInDialog("Close");
    }

    private void removed(ControlUi ui, TestDevice device) {
        ui.click("role=button[name='Actions for bench laptop']");
        ui.click("wa-dropdown-item:visible:has-text('Remove')");
        ui.awaitText("Remove bench laptop?");
        ui.picture("7-remove");
        ui.clickInDialog("Remove");

        ui.awaitText("1 of 1 connected");
        ui.awaitGone(".device-entry:has-text('bench laptop')");
        ui.picture("8-removed");
        assertThat(Operator.of(server).device(device.id()).statusCode()).isEqualTo(404);
    }

    /** What these pages call is not the gateway's; they must say so and stay usable. */
    private static void otherPagesSurvive(ControlUi ui) {
        for (String path : OTHER_PAGES) {
            ui.visit(path);
            ui.awaitThere("main:visible");
            ui.picture("9" + path.replace('/', '-'));
            assertThat(ui.seen().path("crashes")).as(path).isEmpty();
        }
        ui.visit("/settings/devices");
        ui.awaitText("1 of 1 connected");
    }

    private void revokedAndApprovedAgain(ControlUi ui, String browser) {
        int before = ui.seen().path("connectsAt").size();
        assertThat(Operator.of(server).revoke(browser, "operator").statusCode()).isEqualTo(204);

        ui.awaitText("Reconnecting");
        List<Long> connects = connectsAfter(ui, before, 3);
        ui.picture("10-revoked");
        for (int i = 1; i < connects.size(); i++) {
            assertThat(connects.get(i) - connects.get(i - 1)).isGreaterThan(POLL_MILLIS);
        }

        approve(onlyRequest());
        ui.awaitNoText("Reconnecting");
        ui.awaitText("1 of 1 connected");
    }

    private static List<Long> connectsAfter(ControlUi ui, int before, int count) {
        assertThat(Await.until(
                        Duration.ofSeconds(60),
                        () -> ui.seen().path("connectsAt").size() >= before + count))
                .isTrue();
        List<Long> connects = new ArrayList<>();
        ui.seen().path("connectsAt").forEach(at -> connects.add(at.asLong()));
        return connects.subList(before, before + count);
    }

    private void approve(String requestId) {
        assertThat(Operator.of(server).approve(requestId).statusCode()).isEqualTo(200);
    }

    private String onlyRequest() {
        List<String> waiting = Operator.of(server).requestIds();
        assertThat(waiting).hasSize(1);
        return waiting.get(0);
    }

    private String onlyDevice() {
        List<String> devices = Operator.of(server).deviceIds();
        assertThat(devices).hasSize(1);
        return devices.get(0);
    }

    private Path config() {
        return server.home().resolve("gatehouse.yaml");
    }

    private void allow(String origin) throws IOException {
        Files.writeString(config(), "checks: {origin: {allowed-origins: ['" + origin + "']}}\n");
    }

    /** Puts the config in force at once; the gateway would notice by itself. */
    private void reload() {
        var answer = Operator.of(server).send("POST", "/api/v1/chain/reload");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private JsonNode invitation(String dashboard) throws IOException {
        String body = JSON.writeValueAsString(Map.of("profile", "control-ui", "dashboardUrl", dashboard));
        var answer = Operator.of(server).send("POST", "/api/v1/invitations", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body());
    }

    /** What the gateway says of an invitation now. */
    private JsonNode shown(JsonNode invitation) throws IOException {
        String path = "/api/v1/invitations/" + invitation.path("invitationId").asText();
        return JSON.readTree(Operator.of(server).send("GET", path).body());
    }
}
