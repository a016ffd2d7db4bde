package dev.gatehouse.bootstrap;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.device.Authority;
import dev.gatehouse.spi.Role;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.gatehouse.bootstrap.GatewayFixture.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

/** A session that asks for more than its device was granted, as the stock dashboard does (wire reference 8.2). */
class ScopeUpgradeEndToEndTest {

    private static final String MORE = "{\"scopes\":[\"operator.read\",\"operator.write\"]}";

    private static GatewayFixture gateway;

    private final TestDevice device = new TestDevice();
    private final List<Peer> open = new ArrayList<>();
    private String token = "";

    @BeforeAll
    static void start(@TempDir Path folder) {
        gateway = GatewayFixture.withToken(folder.resolve("home"));
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @BeforeEach
    void pair() {
        Caller reader = Caller.of(Callers.remoteCli().withToken(SECRET).withScopes("operator.read"))
                .on(device);
        gateway.pair(reader);
        token = gateway.admit(reader).at("/auth/deviceToken").asText();
    }

    @AfterEach
    void leave() {
        open.forEach(Peer::leave);
    }

    @Test
    void approval_deliversANewToken_andEndsNoSession() {
        Peer page = enter(byToken(token, "operator.read"));
        String requestId = request(page);
        String waiting = wait(page, requestId);
        assertThat(page.result("health", "{}").path("ok").asBoolean())
                .as("a call that waits keeps no other one waiting")
                .isTrue();

        gateway.approve(requestId);

        JsonNode answer = page.answerTo(waiting).path("payload");
        assertThat(answer.path("status").asText()).isEqualTo("approved");
        assertThat(answer.path("requestId").asText()).isEqualTo(requestId);
        assertThat(answer.path("scopes"))
                .extracting(JsonNode::asText)
                .containsExactly("operator.read", "operator.write");
        assertThat(page.isClosed()).isFalse();
        gateway.admit(byToken(answer.path("deviceToken").asText(), "operator.write"));
    }

    @Test
    void oldToken_isGoodUntilTheNewOneIsUsed() {
        String fresh = upgrade();

        gateway.admit(byToken(fresh, "operator.read"));

        assertThat(gateway.connect(byToken(token, "operator.read"))
                        .error()
                        .at("/details/reason")
                        .asText())
                .isEqualTo("token-rotated");
    }

    @Test
    void anotherTabThatComesBackFirst_doesNotSpoilTheNewToken() {
        String fresh = upgrade();

        gateway.admit(byToken(token, "operator.read"));

        gateway.admit(byToken(fresh, "operator.read"));
    }

    private String upgrade() {
        Peer page = enter(byToken(token, "operator.read"));
        String requestId = request(page);
        String waiting = wait(page, requestId);
        gateway.approve(requestId);
        return page.answerTo(waiting).at("/payload/deviceToken").asText();
    }

    @Test
    void allWhoWait_getTheSameToken_andNobodyElseGetsOne() {
        Peer first = enter(byToken(token, "operator.read"));
        Peer second = enter(byToken(token, "operator.read"));
        String requestId = request(first);
        String one = wait(first, requestId);
        String other = wait(second, requestId);

        gateway.approve(requestId);

        String delivered = first.answerTo(one).at("/payload/deviceToken").asText();
        assertThat(delivered).hasSize(43);
        assertThat(second.answerTo(other).at("/payload/deviceToken").asText()).isEqualTo(delivered);
        assertThat(first.objection("device.scopes.waitUpgrade", of(requestId)))
                .isEqualTo("scope upgrade expired or not found");
    }

    @Test
    void decisionBeforeAnybodyWaits_isToldToWhoeverComes() {
        Peer page = enter(byToken(token, "operator.read"));
        String requestId = request(page);
        gateway.approve(requestId);

        assertThat(page.result("device.scopes.waitUpgrade", of(requestId))
                        .path("status")
                        .asText())
                .isEqualTo("approved");
    }

    @Test
    void rejection_isTold_withoutAToken() {
        Peer page = enter(byToken(token, "operator.read"));
        String requestId = request(page);
        String waiting = wait(page, requestId);

        gateway.devices().reject(Authority.owner(), requestId);

        JsonNode answer = page.answerTo(waiting).path("payload");
        assertThat(answer.path("status").asText()).isEqualTo("rejected");
        assertThat(answer.has("deviceToken")).isFalse();
        gateway.admit(byToken(token, "operator.read"));
    }

    @Test
    void revocationBetweenApprovalAndAnswer_deliversNothing() {
        Peer page = enter(Caller.of(Callers.remoteCli().withToken(SECRET).withScopes("operator.read"))
                .on(device));
        String requestId = request(page);
        gateway.approve(requestId);
        gateway.devices().revoke(Authority.owner(), device.id(), Role.OPERATOR);

        assertThat(gateway.devices().renewToken(device.id(), Role.OPERATOR)).isEmpty();
    }

    @Test
    void requestOfAnotherDevice_cannotBeWaitedFor() {
        Peer page = enter(byToken(token, "operator.read"));
        String requestId = request(page);
        Caller other = Caller.of(Callers.remoteCli().withToken(SECRET).withScopes("operator.admin"))
                .onNewDevice();
        gateway.pair(other);

        assertThat(enter(other).objection("device.scopes.waitUpgrade", of(requestId)))
                .isEqualTo("scope upgrade expired or not found");
    }

    @Test
    void pairingRequestOfTheDoor_cannotBeWaitedFor() {
        Peer page = enter(byToken(token, "operator.read"));
        String requestId = gateway.requestPairing(
                Caller.of(Callers.remoteCli().withToken(SECRET).withScopes("operator.admin"))
                        .on(device));

        assertThat(page.objection("device.scopes.waitUpgrade", of(requestId)))
                .isEqualTo("scope upgrade expired or not found");
    }

    @Test
    void clientWithoutADevice_isSentToReopenSecurely() {
        Peer cli = enter(Caller.of(Callers.localCli().withToken(SECRET).withScopes("operator.admin")));

        for (String call : List.of("requestUpgrade", "waitUpgrade")) {
            JsonNode error = cli.call("device.scopes." + call, call.startsWith("w") ? of("xxxx-xxxx-xxxx") : MORE)
                    .path("error");
            assertThat(error.path("message").asText())
                    .isEqualTo("device scope upgrade requires a paired browser identity; reopen the Control UI over"
                            + " HTTPS or localhost, then retry");
            assertThat(error.at("/details/code").asText()).isEqualTo("DEVICE_IDENTITY_REQUIRED");
            assertThat(error.at("/details/recommendedNextStep").asText()).isEqualTo("reopen_control_ui_securely");
        }
    }

    @Test
    void node_makesNoSuchCall() {
        Caller node = Caller.of(Callers.remote(ConnectFixture.node()).withToken(SECRET))
                .onNewDevice();
        gateway.pair(node);

        assertThat(enter(node).objection("device.scopes.requestUpgrade", MORE)).isEqualTo("unauthorized role: node");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"scopes":["operator.everything"]}              | requested scopes contain an unknown operator scope
            {"scopes":["node.read","operator.read"]}        | requested scopes contain an unknown operator scope
            {"scopes":["operator.pairing"]}                 | requested scopes must include the connection's current scopes
            {"scopes":[]}                                   | invalid device.scopes.requestUpgrade params: at /scopes: must NOT have fewer than 1 items
            {"scopes":["operator.read","operator.read"]}    | invalid device.scopes.requestUpgrade params: at /scopes: must NOT have duplicate items
            {"scopes":["1","2","3","4","5","6","7","8","9"]}| invalid device.scopes.requestUpgrade params: at /scopes: must NOT have more than 8 items
            {}                                              | invalid device.scopes.requestUpgrade params: must have required property 'scopes'
            """)
    void wrongScopes_areToldAsTheReferenceDoes(String params, String message) {
        Peer page = enter(byToken(token, "operator.read"));

        assertThat(page.objection("device.scopes.requestUpgrade", params)).isEqualTo(message);
        assertThat(gateway.waiting(device)).isZero();
    }

    private Caller byToken(String deviceToken, String scope) {
        return Caller.of(Callers.remoteCli().withDeviceToken(deviceToken).withScopes(scope))
                .on(device);
    }

    private Peer enter(Caller caller) {
        Peer peer = gateway.connect(caller);
        open.add(peer);
        peer.hello();
        return peer;
    }

    private static String request(Peer page) {
        return page.result("device.scopes.requestUpgrade", MORE)
                .path("requestId")
                .asText();
    }

    private static String wait(Peer page, String requestId) {
        String call = page.begin("device.scopes.waitUpgrade", of(requestId));
        page.result("health", "{}"); // calls are taken in order, so that the gateway has taken this one by now
        return call;
    }

    private static String of(String requestId) {
        return "{\"requestId\":\"" + requestId + "\"}";
    }
}
