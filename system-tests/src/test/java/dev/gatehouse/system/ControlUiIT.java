package dev.gatehouse.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The stock Control UI in a browser, from its first refusal to its last, without a single reload. */
class ControlUiIT {

    private static final String[] OTHER_PAGES = {
        "/chat/main", "/sessions", "/agents", "/cron", "/usage", "/logs", "/systems", "/settings/connection"
    };

    /** The gateway says five seconds; a timer of the browser may be a little early. */
    private static final long POLL_MILLIS = 4_500;

    @Test
    void controlUi_fromItsFirstRefusalToItsLast_isUsedWithoutAReload(@TempDir Path folder) throws IOException {
        try (EmbeddedServer server = EmbeddedServer.start();
                ControlUi ui = ControlUi.start(folder)) {
            refusedForItsOrigin(server, ui);
            asksForApproval(server, ui);
            comesInOnceApproved(server, ui);
            managesAnotherDevice(server, ui);
            otherPagesSurvive(ui);
            String browser = onlyDevice(server);
            revokedAndApprovedAgain(server, ui, browser);

            assertThat(ui.seen().path("loads").asInt()).isEqualTo(1);
            assertThat(ui.seen().path("crashes")).isEmpty();
        }
    }

    private static void refusedForItsOrigin(Server server, ControlUi ui) {
        ui.openLinkTo(server);

        ui.awaitText("Browser origin not allowed");
        ui.picture("1-origin-not-allowed");
        assertThat(server.log()).contains("CONTROL_UI_ORIGIN_NOT_ALLOWED");
    }

    private static void asksForApproval(Server server, ControlUi ui) throws IOException {
        Files.writeString(
                server.home().resolve("gatehouse.yaml"),
                "checks: {origin: {allowed-origins: ['" + ui.origin() + "']}}\n");

        ui.awaitText("Approve this browser");
        String requestId = onlyRequest(server);
        assertThat(ui.text("body"))
                .contains("openclaw devices approve " + requestId)
                .contains("Waiting for approval");
        ui.picture("2-approve-this-browser");
    }

    private static void comesInOnceApproved(Server server, ControlUi ui) {
        approve(server, onlyRequest(server));

        ui.awaitNoText("Approve this browser");
        ui.awaitText("Message Assistant");
        ui.picture("3-came-in");
    }

    private static void managesAnotherDevice(Server server, ControlUi ui) throws IOException {
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
            renamed(server, ui, device);
            rotated(ui);
            assertThat(Answer.close(live).closeCode()).isEqualTo(4001);
        }
        removed(server, ui, device);
    }

    private static void renamed(Server server, ControlUi ui, TestDevice device) {
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

    private static void removed(Server server, ControlUi ui, TestDevice device) {
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

    private static void revokedAndApprovedAgain(Server server, ControlUi ui, String browser) {
        int before = ui.seen().path("connectsAt").size();
        assertThat(Operator.of(server).revoke(browser, "operator").statusCode()).isEqualTo(204);

        ui.awaitText("Reconnecting");
        List<Long> connects = connectsAfter(ui, before, 3);
        ui.picture("10-revoked");
        for (int i = 1; i < connects.size(); i++) {
            assertThat(connects.get(i) - connects.get(i - 1)).isGreaterThan(POLL_MILLIS);
        }

        approve(server, onlyRequest(server));
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

    private static void approve(Server server, String requestId) {
        assertThat(Operator.of(server).approve(requestId).statusCode()).isEqualTo(200);
    }

    private static String onlyRequest(Server server) {
        List<String> waiting = Operator.of(server).requestIds();
        assertThat(waiting).hasSize(1);
        return waiting.get(0);
    }

    private static String onlyDevice(Server server) {
        List<String> devices = Operator.of(server).deviceIds();
        assertThat(devices).hasSize(1);
        return devices.get(0);
    }
}
