package dev.gatehouse.bootstrap;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import jakarta.websocket.CloseReason;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.gatehouse.device.Authority;
import dev.gatehouse.spi.Role;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.gatehouse.bootstrap.GatewayFixture.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

/** Devices managed over the socket, as the stock command line and dashboard do. */
class DeviceCallsEndToEndTest {

    private static GatewayFixture gateway;

    private final TestDevice device = new TestDevice();
    private final ConnectFixture cli = Callers.remoteCli();
    private final Caller asking =
            Caller.of(cli.withToken(SECRET).withScopes("operator.read")).on(device);
    private final List<Peer> open = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path folder) {
        gateway = GatewayFixture.withToken(folder.resolve("home"));
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @AfterEach
    void leave() {
        open.forEach(Peer::leave);
    }

    @Test
    void device_isListed_approved_renamed_andRemoved() {
        Peer operator = enter(localOperator("operator.read", "operator.pairing"));
        String requestId = gateway.requestPairing(asking);

        JsonNode pending = find(operator.result("device.pair.list", "{}").path("pending"));
        assertThat(pending.path("requestId").asText()).isEqualTo(requestId);
        assertThat(pending.path("clientId").asText()).isEqualTo("cli");
        assertThat(pending.path("role").asText()).isEqualTo("operator");
        assertThat(pending.path("roles")).extracting(JsonNode::asText).containsExactly("operator");
        assertThat(pending.path("scopes")).extracting(JsonNode::asText).containsExactly("operator.read");
        assertThat(pending.path("remoteIp").asText()).isEqualTo(Callers.REMOTE);
        assertThat(pending.path("isRepair").asBoolean(true)).isFalse();
        assertThat(pending.path("ts").isIntegralNumber()).isTrue();

        JsonNode approved = operator.result("device.pair.approve", "{\"requestId\":\"" + requestId + "\"}");
        assertThat(approved.path("requestId").asText()).isEqualTo(requestId);
        assertThat(approved.at("/device/deviceId").asText()).isEqualTo(device.id());
        assertThat(approved.path("device").has("connected")).isFalse();

        Peer admitted = enter(asking);
        JsonNode paired = find(operator.result("device.pair.list", "{}").path("paired"));
        assertThat(paired.path("connected").asBoolean()).isTrue();
        assertThat(paired.path("approvedVia").asText()).isEqualTo("owner");
        assertThat(paired.at("/tokens/0/role").asText()).isEqualTo("operator");
        assertThat(paired.at("/tokens/0/createdAtMs").isIntegralNumber()).isTrue();

        String renaming = "{\"deviceId\":\"" + device.id() + "\",\"label\":\"Ada's laptop\"}";
        assertThat(operator.result("device.pair.rename", renaming).path("label").asText())
                .isEqualTo("Ada's laptop");
        assertThat(find(operator.result("device.pair.list", "{}").path("paired"))
                        .path("operatorLabel")
                        .asText())
                .isEqualTo("Ada's laptop");

        assertThat(operator.result("device.pair.remove", of(device))).hasSize(1);
        assertThat(admitted.close().getCloseCode().getCode()).isEqualTo(4001);
        assertThat(find(operator.result("device.pair.list", "{}").path("paired"))
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void device_isApprovedByTheCodeThatItShows_howeverThatIsTyped() {
        Peer operator = enter(localOperator("operator.read", "operator.pairing"));
        JsonNode details = gateway.connect(asking).error().path("details");
        String code = details.path("approvalCode").asText();
        JsonNode pending = find(operator.result("device.pair.list", "{}").path("pending"));
        assertThat(pending.path("code").asText()).isEqualTo(code);
        assertThat(pending.path("publicKey").asText()).isEqualTo(device.publicKey());

        String typed = code.replace("-", "").toUpperCase(Locale.ROOT);
        JsonNode approved = operator.result("device.pair.approve", "{\"requestId\":\"" + typed + "\"}");

        assertThat(approved.path("requestId").asText())
                .isEqualTo(details.path("requestId").asText());
        assertThat(approved.at("/device/publicKey").asText()).isEqualTo(device.publicKey());
        assertThat(approved.at("/device/remoteIp").asText()).isEqualTo(Callers.REMOTE);
        assertThat(approved.at("/device/createdAtMs").isIntegralNumber()).isTrue();
    }

    @Test
    void upgradedSystem_asksForNothing_andARevokedDeviceIsToldSo() {
        ConnectFixture upgrading = cli.withToken(SECRET).withScopes("operator.read");
        Caller before = Caller.of(upgrading.withMetadata("Windows 10", Optional.of("Windows")))
                .on(device);
        Caller after = Caller.of(upgrading.withMetadata("win32", Optional.of("Windows")))
                .on(device);
        gateway.pair(before);
        gateway.admit(after);
        gateway.devices().revoke(Authority.owner(), device.id(), Role.OPERATOR);

        JsonNode error = gateway.connect(after).error();

        assertThat(error.path("message").asText()).contains("was revoked");
        assertThat(error.at("/details/code").asText()).isEqualTo("PAIRING_REQUIRED");
        assertThat(error.at("/details/reason").asText()).isEqualTo("role-upgrade");
    }

    @Test
    void changes_areToldToOperatorsWhoMayPair_withoutAGap() {
        Peer operator = enter(localOperator("operator.pairing"));
        Peer reader = enter(localOperator("operator.read"));

        String requestId = gateway.requestPairing(asking);
        JsonNode requested = operator.event("device.pair.requested");
        assertThat(requested.at("/payload/requestId").asText()).isEqualTo(requestId);
        assertThat(requested.at("/payload/deviceId").asText()).isEqualTo(device.id());

        gateway.approve(requestId);
        JsonNode resolved = operator.event("device.pair.resolved");
        assertThat(resolved.at("/payload/decision").asText()).isEqualTo("approved");
        assertThat(resolved.path("seq").asLong())
                .isEqualTo(requested.path("seq").asLong() + 1);

        gateway.devices().remove(Authority.owner(), device.id());
        JsonNode changed = operator.event("device.pair.changed");
        assertThat(changed.path("seq").asLong()).isEqualTo(resolved.path("seq").asLong() + 1);
        assertThat(reader.everythingSoFar()).noneMatch(frame -> frame.contains("\"event\":\"device.pair."));
    }

    @Test
    void unknownIds_areToldAsTheReferenceDoes() {
        Peer operator = enter(localOperator("operator.pairing"));

        assertThat(operator.objection("device.pair.approve", "{\"requestId\":\"none\"}"))
                .isEqualTo("unknown requestId");
        assertThat(operator.objection("device.pair.reject", "{\"requestId\":\"none\"}"))
                .isEqualTo("unknown requestId");
        assertThat(operator.objection("device.pair.remove", "{\"deviceId\":\"none\"}"))
                .isEqualTo("unknown deviceId");
        assertThat(operator.objection("device.pair.rename", "{\"deviceId\":\"none\",\"label\":\"a\"}"))
                .isEqualTo("unknown deviceId");
        assertThat(operator.objection("device.pair.rename", "{\"deviceId\":\"none\",\"label\":\" \"}"))
                .isEqualTo("label required");
    }

    @Test
    void rejectedRequest_isGone() {
        Peer operator = enter(localOperator("operator.pairing"));
        String request = "{\"requestId\":\"" + gateway.requestPairing(asking) + "\"}";

        assertThat(operator.result("device.pair.reject", request)
                        .path("deviceId")
                        .asText())
                .isEqualTo(device.id());
        assertThat(operator.objection("device.pair.approve", request)).isEqualTo("unknown requestId");
        assertThat(find(operator.result("device.pair.list", "{}").path("pending"))
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void approver_cannotGiveWhatItLacks() {
        Peer operator = enter(localOperator("operator.pairing"));
        String requestId = gateway.requestPairing(asking);

        assertThat(operator.objection("device.pair.approve", "{\"requestId\":\"" + requestId + "\"}"))
                .isEqualTo("missing scope: operator.read");
        assertThat(gateway.waiting(device)).isEqualTo(1);
    }

    @Test
    void deviceToken_reachesItsOwnDeviceOnly_andIsAnsweredWhenItRemovesItself() {
        Caller other = Caller.of(cli.withToken(SECRET)).onNewDevice();
        gateway.pair(other);
        Caller pairing =
                Caller.of(cli.withToken(SECRET).withScopes("operator.pairing")).on(device);
        gateway.pair(pairing);
        String token = gateway.admit(pairing).at("/auth/deviceToken").asText();
        Peer own = enter(Caller.of(cli.withDeviceToken(token).withScopes("operator.pairing"))
                .on(device));

        JsonNode lists = own.result("device.pair.list", "{}");
        assertThat(lists.path("paired")).hasSize(1);
        assertThat(own.objection("device.pair.remove", of(other.device().orElseThrow())))
                .isEqualTo("device pairing removal denied");

        assertThat(own.result("device.pair.remove", of(device)).path("deviceId").asText())
                .isEqualTo(device.id());
        assertThat(own.close())
                .extracting(close -> close.getCloseCode().getCode(), CloseReason::getReasonPhrase)
                .containsExactly(4001, "device removed");
    }

    @Test
    void rotationByAnOperator_withholdsTheToken_andSendsTheDeviceForIt() {
        gateway.pair(asking);
        Peer admitted = enter(asking);
        Peer operator = enter(localOperator("operator.read", "operator.pairing"));

        JsonNode rotated = operator.result("device.token.rotate", tokenOf(device, "operator"));

        assertThat(rotated.path("deviceId").asText()).isEqualTo(device.id());
        assertThat(rotated.path("role").asText()).isEqualTo("operator");
        assertThat(rotated.path("scopes")).extracting(JsonNode::asText).containsExactly("operator.read");
        assertThat(rotated.path("rotatedAtMs").isIntegralNumber()).isTrue();
        assertThat(rotated.path("tokenDelivery").asText()).isEqualTo("withheld-cross-device");
        assertThat(rotated.has("token")).isFalse();
        assertThat(admitted.close().getCloseCode().getCode()).isEqualTo(4001);
        assertThat(gateway.admit(asking).at("/auth/deviceToken").asText()).hasSize(43);
    }

    @Test
    void rotationByTheDeviceItself_deliversTheToken_beforeItsSessionEnds() {
        Caller pairing =
                Caller.of(cli.withToken(SECRET).withScopes("operator.pairing")).on(device);
        gateway.pair(pairing);
        String token = gateway.admit(pairing).at("/auth/deviceToken").asText();
        Peer own = enter(Caller.of(cli.withDeviceToken(token).withScopes("operator.pairing"))
                .on(device));

        JsonNode rotated = own.result("device.token.rotate", tokenOf(device, "operator"));

        assertThat(rotated.path("tokenDelivery").asText()).isEqualTo("in-band");
        assertThat(own.close().getCloseCode().getCode()).isEqualTo(4001);
        String fresh = rotated.path("token").asText();
        gateway.admit(Caller.of(cli.withDeviceToken(fresh).withScopes("operator.pairing"))
                .on(device));
    }

    @Test
    void revocation_endsTheSessionsOfTheDevice_andIsListed() {
        gateway.pair(asking);
        Peer admitted = enter(asking);
        Peer operator = enter(localOperator("operator.read", "operator.pairing"));

        JsonNode revoked = operator.result("device.token.revoke", tokenOf(device, "operator"));

        assertThat(revoked.path("revokedAtMs").isIntegralNumber()).isTrue();
        assertThat(admitted.close().getCloseCode().getCode()).isEqualTo(4001);
        JsonNode listed = find(operator.result("device.pair.list", "{}").path("paired"));
        assertThat(listed.at("/tokens/0/revokedAtMs").asLong())
                .isEqualTo(revoked.path("revokedAtMs").asLong());
        assertThat(listed.at("/tokens/0/createdAtMs").isIntegralNumber()).isTrue();
    }

    @Test
    void tokensThatThereAreNot_areDenied() {
        gateway.pair(asking);
        Peer operator = enter(localOperator("operator.read", "operator.pairing"));

        for (String role : List.of("node", "no such role")) {
            assertThat(operator.objection("device.token.rotate", tokenOf(device, role)))
                    .isEqualTo("device token rotation denied");
            assertThat(operator.objection("device.token.revoke", tokenOf(device, role)))
                    .isEqualTo("device token revocation denied");
        }
        assertThat(operator.objection("device.token.rotate", tokenOf(new TestDevice(), "operator")))
                .isEqualTo("device token rotation denied");
    }

    @Test
    void hello_listsWhatIsServed() {
        JsonNode hello = gateway.admit(localOperator("operator.read"));

        assertThat(hello.at("/features/methods"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "device.pair.approve",
                        "device.pair.list",
                        "device.pair.reject",
                        "device.pair.remove",
                        "device.pair.rename",
                        "device.scopes.requestUpgrade",
                        "device.scopes.waitUpgrade",
                        "device.token.revoke",
                        "device.token.rotate",
                        "health",
                        "last-heartbeat",
                        "node.describe",
                        "node.event",
                        "node.invoke",
                        "node.invoke.progress",
                        "node.invoke.result",
                        "node.list",
                        "node.pair.approve",
                        "node.pair.list",
                        "node.pair.reject",
                        "node.pair.remove",
                        "node.rename",
                        "status",
                        "system-presence");
        assertThat(hello.at("/features/events"))
                .extracting(JsonNode::asText)
                .contains("device.pair.requested", "presence", "shutdown", "tick", "health");
        assertThat(hello.at("/snapshot/health/ok").asBoolean()).isTrue();
        assertThat(hello.at("/snapshot/health/version").asText()).isEqualTo(Gateway.VERSION);
    }

    @Test
    void dashboard_seesItselfAndThoseWhoComeAndGo() {
        Caller page = Caller.of(ConnectFixture.controlUi().withToken(SECRET).withScopes("operator.read"))
                .onNewDevice();
        gateway.pair(page);
        Peer first = gateway.connect(page);
        open.add(first);
        JsonNode snapshot = first.hello().path("snapshot");
        assertThat(snapshot.path("presence"))
                .extracting(entry -> entry.path("mode").asText())
                .contains("webchat");
        int before = first.result("system-presence", "{}").size();

        Peer second = enter(page);
        assertThat(awaitPresence(first, before + 1))
                .isGreaterThan(snapshot.at("/stateVersion/presence").asLong());
        second.leave();
        awaitPresence(first, before);
    }

    @Test
    void status_saysHowTheGatewayIs() {
        Peer operator = enter(localOperator("operator.read"));

        JsonNode status = operator.result("status", "{}");
        assertThat(status.path("runtimeVersion").asText()).isEqualTo(Gateway.VERSION);
        assertThat(status.path("connections").asInt()).isPositive();
        JsonNode health = operator.result("health", "{}");
        assertThat(health.path("ok").asBoolean()).isTrue();
        assertThat(health.path("connections").asInt()).isPositive();
        assertThat(health.path("database").asText()).isEqualTo("up");
        assertThat(operator.result("last-heartbeat", "{}").isNull()).isTrue();
    }

    private static long awaitPresence(Peer peer, int size) {
        for (JsonNode event = peer.event("presence"); ; event = peer.event("presence")) {
            if (event.at("/payload/presence").size() == size) {
                return event.at("/stateVersion/presence").asLong();
            }
        }
    }

    private Peer enter(Caller caller) {
        Peer peer = gateway.connect(caller);
        open.add(peer);
        peer.hello();
        return peer;
    }

    /** The command line on the gateway's own machine, which keeps its scopes without a device. */
    private static Caller localOperator(String... scopes) {
        return Caller.of(Callers.localCli().withToken(SECRET).withScopes(scopes));
    }

    private static String of(TestDevice device) {
        return "{\"deviceId\":\"" + device.id() + "\"}";
    }

    private static String tokenOf(TestDevice device, String role) {
        return "{\"deviceId\":\"" + device.id() + "\",\"role\":\"" + role + "\"}";
    }

    private JsonNode find(JsonNode devices) {
        for (JsonNode each : devices) {
            if (each.path("deviceId").asText().equals(device.id())) {
                return each;
            }
        }
        return MissingNode.getInstance();
    }
}
