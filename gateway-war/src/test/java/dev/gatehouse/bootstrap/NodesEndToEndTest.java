package dev.gatehouse.bootstrap;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.device.Authority;
import dev.gatehouse.session.Eventually;
import dev.gatehouse.spi.Role;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.gatehouse.bootstrap.GatewayFixture.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

/** The life of a node, over the socket, as the stock node host and the stock command line live it. */
class NodesEndToEndTest {

    private static final String WHICH = "system.which";
    private static final String RUN = "system.run";

    private static GatewayFixture gateway;

    private final TestDevice device = new TestDevice();
    private final List<Peer> open = new ArrayList<>();
    private int calls;

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
    void node_isRefused_approved_andComesInWithNothing_untilItsSurfaceIsApproved() {
        Peer operator = enter(localOperator());
        gateway.pair(node(WHICH, "evil.cmd"));

        Peer node = enter(node(WHICH, "evil.cmd"));

        JsonNode requested = operator.event("node.pair.requested").path("payload");
        assertThat(requested.path("nodeId").asText()).isEqualTo(device.id());
        assertThat(texts(requested.path("commands"))).containsExactly(WHICH);
        assertThat(texts(requested.path("requiredApproveScopes")))
                .containsExactly("operator.pairing", "operator.admin");
        JsonNode listed = find(operator);
        assertThat(listed.path("approvalState").asText()).isEqualTo("pending-approval");
        assertThat(texts(listed.path("commands"))).isEmpty();
        assertThat(texts(listed.path("pendingDeclaredCommands"))).containsExactly(WHICH);
        assertThat(listed.path("connected").asBoolean()).isTrue();
        JsonNode refused = invoke(operator, WHICH).path("error");
        assertThat(refused.at("/details/code").asText()).isEqualTo("PAIRING_CHANGED");
        assertThat(refused.path("message").asText()).contains("openclaw nodes approve");

        String requestId = requested.path("requestId").asText();
        JsonNode approved = operator.result("node.pair.approve", "{\"requestId\":\"" + requestId + "\"}");

        assertThat(approved.at("/node/nodeId").asText()).isEqualTo(device.id());
        JsonNode told = node.event("node.pair.resolved");
        assertThat(told.at("/payload/decision").asText()).isEqualTo("approved");
        assertThat(told.has("seq")).isFalse();
        awaitResolved(operator, requestId, "approved");
        assertThat(texts(find(operator).path("commands"))).containsExactly(WHICH);
        assertThat(find(operator).path("approvalState").asText()).isEqualTo("approved");
    }

    @Test
    void approvedNode_isInvoked_andAnswers() {
        Peer operator = enter(localOperator());
        Peer node = enterApproved(WHICH);

        String call = begin(operator, invocation(WHICH, "\"params\":{\"bins\":[\"sh\"]},", "k1"));
        JsonNode request = node.event("node.invoke.request");
        assertThat(request.has("seq")).isFalse();
        assertThat(request.at("/payload/nodeId").asText()).isEqualTo(device.id());
        assertThat(request.at("/payload/command").asText()).isEqualTo(WHICH);
        assertThat(request.at("/payload/paramsJSON").asText()).isEqualTo("{\"bins\":[\"sh\"]}");
        assertThat(request.at("/payload/timeoutMs").asLong()).isEqualTo(30_000);
        assertThat(operator.result("health", "{}").path("ok").asBoolean()).isTrue();
        assertThat(node.result("node.invoke.progress", progress(request))
                        .path("ignored")
                        .asBoolean())
                .isTrue();
        assertThat(node.result("node.invoke.result", result(request, "{\\\"bins\\\":[]}"))
                        .has("ignored"))
                .isFalse();

        JsonNode answer = answer(operator, call).path("payload");
        assertThat(answer.path("ok").asBoolean()).isTrue();
        assertThat(answer.path("command").asText()).isEqualTo(WHICH);
        assertThat(answer.at("/payload/bins").isArray()).isTrue();
        assertThat(answer.path("payloadJSON").asText()).isEqualTo("{\"bins\":[]}");
        String again = begin(operator, invocation(WHICH, "\"params\":{\"bins\":[\"sh\"]},", "k1"));
        assertThat(answer(operator, again).path("payload")).isEqualTo(answer);
        assertThat(node.everythingSoFar())
                .filteredOn(frame -> frame.contains("\"event\":\"node.invoke.request\""))
                .hasSize(1);
    }

    @Test
    void widerDeclaration_waits_whileTheRestGoesOn() {
        Peer operator = enter(localOperator());
        enterApproved(WHICH).leave();

        enter(node(WHICH, RUN));

        JsonNode listed = find(operator);
        assertThat(listed.path("approvalState").asText()).isEqualTo("pending-reapproval");
        assertThat(texts(listed.path("commands"))).containsExactly(WHICH);
        JsonNode refused = invoke(operator, RUN);
        assertThat(refused.at("/error/message").asText())
                .startsWith("node command not allowed: the node's declared command surface is pending approval");
        assertThat(refused.at("/error/details/command").asText()).isEqualTo(RUN);

        String requestId = listed.path("pendingRequestId").asText();
        enter(node(WHICH, RUN, "fs.listDir"));
        assertThat(find(operator).path("pendingRequestId").asText()).isEqualTo(requestId);
        enter(node(WHICH));
        assertThat(find(operator).path("approvalState").asText()).isEqualTo("approved");
    }

    @Test
    void revocation_endsWhatIsUnderWay_andTheSession_andTheSurface() {
        Peer operator = enter(localOperator());
        Peer node = enterApproved(WHICH);
        String call = begin(operator, invocation(WHICH, "", "k2"));
        node.event("node.invoke.request");

        gateway.devices().revoke(Authority.owner(), device.id(), Role.NODE);

        assertThat(answer(operator, call).at("/error/details/code").asText()).isEqualTo("PAIRING_CHANGED");
        assertThat(node.close().getCloseCode().getCode()).isEqualTo(4001);
        awaitResolved(operator, "", "removed");
        gateway.pair(node(WHICH));
        enter(node(WHICH));
        assertThat(texts(find(operator).path("commands"))).isEmpty();
    }

    @Test
    void nodeThatLeaves_endsWhatIsUnderWay_andIsNotConnected() {
        Peer operator = enter(localOperator());
        Peer node = enterApproved(WHICH);
        String call = begin(operator, invocation(WHICH, "", "k3"));
        node.event("node.invoke.request");

        node.leave();

        assertThat(answer(operator, call).at("/error/message").asText())
                .isEqualTo("NOT_CONNECTED: node disconnected while it was invoked");
        JsonNode refused = invoke(operator, WHICH);
        assertThat(refused.at("/error/code").asText()).isEqualTo("UNAVAILABLE");
        assertThat(refused.at("/error/message").asText()).isEqualTo("node not connected");
        assertThat(refused.at("/error/details/code").asText()).isEqualTo("NOT_CONNECTED");
    }

    @Test
    void removal_takesTheRole_andIsTold() {
        Peer operator = enter(localOperator());
        Peer node = enterApproved(WHICH);

        assertThat(operator.result("node.pair.remove", nodeId()).path("nodeId").asText())
                .isEqualTo(device.id());

        assertThat(node.close().getCloseCode().getCode()).isEqualTo(4001);
        awaitResolved(operator, "", "removed");
        assertThat(find(operator).isMissingNode()).isTrue();
        assertThat(operator.objection("node.pair.remove", nodeId())).isEqualTo("unknown nodeId");
        assertThat(gateway.connect(node(WHICH)).errorCode()).isEqualTo("PAIRING_REQUIRED");
    }

    @Test
    void nameAndRejection_areToldAsTheReferenceDoes() {
        Peer operator = enter(localOperator());
        gateway.pair(node(WHICH));
        enter(node(WHICH));

        String naming = "{\"nodeId\":\"" + device.id() + "\",\"displayName\":\"";
        assertThat(operator.result("node.rename", naming + " Attic \"}")
                        .path("displayName")
                        .asText())
                .isEqualTo("Attic");
        assertThat(operator.objection("node.rename", naming + " \"}")).isEqualTo("displayName required");
        assertThat(operator.result("node.describe", nodeId())
                        .path("displayName")
                        .asText())
                .isEqualTo("Attic");
        assertThat(operator.objection("node.describe", "{\"nodeId\":\"none\"}")).isEqualTo("unknown nodeId");
        String request =
                "{\"requestId\":\"" + find(operator).path("pendingRequestId").asText() + "\"}";
        assertThat(operator.result("node.pair.reject", request).path("nodeId").asText())
                .isEqualTo(device.id());
        assertThat(operator.objection("node.pair.approve", request)).isEqualTo("unknown requestId");
        assertThat(operator.objection("node.pair.reject", request)).isEqualTo("unknown requestId");
        assertThat(operator.objection("node.rename", "{\"nodeId\":\"none\",\"displayName\":\"a\"}"))
                .isEqualTo("unknown nodeId");
        assertThat(find(operator).path("approvalState").asText()).isEqualTo("unapproved");
    }

    @Test
    void approver_needsWhatTheCommandsNeed() {
        Peer operator = enter(Callers.localCli(), "operator.read", "operator.write", "operator.pairing");
        gateway.pair(node(WHICH));
        enter(node(WHICH));
        String request =
                "{\"requestId\":\"" + find(operator).path("pendingRequestId").asText() + "\"}";

        JsonNode error = operator.call("node.pair.approve", request).path("error");

        assertThat(error.path("code").asText()).isEqualTo("FORBIDDEN");
        assertThat(error.at("/details/missingScope").asText()).isEqualTo("operator.admin");
        assertThat(texts(error.at("/details/requiredScopes"))).containsExactly("operator.pairing", "operator.admin");
        assertThat(find(operator).path("approvalState").asText()).isEqualTo("pending-approval");
    }

    @Test
    void nodeThatReports_isListedWithIt_andItsOtherCallsAreAnsweredHonestly() {
        Peer operator = enter(localOperator());
        gateway.pair(node(WHICH));
        Peer node = enter(node(WHICH));

        String stats = "{\"cpuCount\":2,\"loadAverage\":[0.5,1,2],\"memoryTotalBytes\":8,\"memoryFreeBytes\":3}";
        assertThat(node.result("node.event", "{\"event\":\"node.host.stats\",\"payload\":" + stats + "}")
                        .path("handled")
                        .asBoolean())
                .isTrue();
        assertThat(find(operator).at("/hostStats/cpuCount").asInt()).isEqualTo(2);
        assertThat(node.result("node.event", "{\"event\":\"chat.subscribe\"}")
                        .path("reason")
                        .asText())
                .isEqualTo("unsupported_event");
        assertThat(node.objection("node.skills.update", "{\"skills\":[]}"))
                .isEqualTo("node.skills.update is not served: this gateway runs no agents");
        assertThat(node.objection("node.list", "{}")).isEqualTo("unauthorized role: node");
        assertThat(operator.objection("node.event", "{\"event\":\"a\"}")).isEqualTo("unauthorized role: operator");
    }

    @Test
    void answerOfAnotherNode_isNotTaken() {
        Peer operator = enter(localOperator());
        Peer node = enterApproved(WHICH);
        Peer other = enterApproved(WHICH); // a second connection of the same device, the newest
        String call = begin(operator, invocation(WHICH, "", "k4"));
        JsonNode request = other.event("node.invoke.request");

        assertThat(node.result("node.invoke.result", result(request, "1"))
                        .path("ignored")
                        .asBoolean())
                .isTrue();
        String foreign = result(request, "1").replace(device.id(), "somebody else");
        assertThat(other.objection("node.invoke.result", foreign)).isEqualTo("nodeId mismatch");
        assertThat(other.result("node.invoke.result", result(request, "2")).has("ignored"))
                .isFalse();

        assertThat(answer(operator, call).at("/payload/payload").asInt()).isEqualTo(2);
        assertThat(other.result("node.invoke.result", result(request, "3"))
                        .path("ignored")
                        .asBoolean())
                .isTrue();
    }

    /** Pairs the device unless it is, approves what it declares unless that is, and comes in. */
    private Peer enterApproved(String... commands) {
        if (gateway.devices().find(device.id()).isEmpty()) {
            gateway.pair(node(commands));
        }
        Peer node = enter(node(commands));
        Peer operator = enter(localOperator());
        String requestId = find(operator).path("pendingRequestId").asText();
        if (!requestId.isEmpty()) {
            operator.result("node.pair.approve", "{\"requestId\":\"" + requestId + "\"}");
        }
        return node;
    }

    private Peer enter(Caller caller) {
        Peer peer = gateway.connect(caller);
        open.add(peer);
        peer.hello();
        return peer;
    }

    private Peer enter(ConnectFixture facts, String... scopes) {
        return enter(Caller.of(facts.withToken(SECRET).withScopes(scopes)));
    }

    private static Caller localOperator() {
        return Caller.of(Callers.localCli().withToken(SECRET).withScopes("operator.admin"));
    }

    private Caller node(String... commands) {
        ConnectFixture facts =
                Callers.remote(ConnectFixture.node()).withToken(SECRET).withMetadata("linux", Optional.of("Linux"));
        return Caller.of(facts).on(device).saying(frame -> {
            ArrayNode declared = ((ObjectNode) frame.path("params")).putArray("commands");
            List.of(commands).forEach(declared::add);
        });
    }

    private JsonNode invoke(Peer operator, String command) {
        return answer(operator, begin(operator, invocation(command, "", "once " + calls)));
    }

    private String invocation(String command, String more, String key) {
        return "{\"nodeId\":\"" + device.id() + "\",\"command\":\"" + command + "\"," + more + "\"idempotencyKey\":\""
                + key + "\"}";
    }

    private String begin(Peer operator, String params) {
        calls++;
        String id = "invoke " + calls;
        operator.send("{\"type\":\"req\",\"id\":\"" + id + "\",\"method\":\"node.invoke\",\"params\":" + params + "}");
        return id;
    }

    private static JsonNode answer(Peer peer, String id) {
        for (JsonNode frame = peer.read(); ; frame = peer.read()) {
            if (frame.path("id").asText().equals(id)) {
                return frame;
            }
        }
    }

    /** Events and answers come in any order. */
    private void awaitResolved(Peer operator, String requestId, String decision) {
        String payload = "{\"requestId\":\"" + requestId + "\",\"nodeId\":\"" + device.id() + "\",\"decision\":\""
                + decision + "\",";
        Eventually.holds(
                "told as " + decision,
                () -> operator.everythingSoFar().stream()
                        .anyMatch(frame -> frame.contains("\"event\":\"node.pair.resolved\",\"payload\":" + payload)));
    }

    private String result(JsonNode request, String payloadJson) {
        return "{\"id\":\"" + request.at("/payload/id").asText() + "\",\"nodeId\":\"" + device.id()
                + "\",\"ok\":true,\"payloadJSON\":\"" + payloadJson + "\",\"error\":null}";
    }

    private String progress(JsonNode request) {
        return "{\"invokeId\":\"" + request.at("/payload/id").asText() + "\",\"nodeId\":\"" + device.id()
                + "\",\"seq\":0,\"chunk\":\"a\"}";
    }

    private String nodeId() {
        return "{\"nodeId\":\"" + device.id() + "\"}";
    }

    private JsonNode find(Peer operator) {
        for (JsonNode each : operator.result("node.list", "{}").path("nodes")) {
            if (each.path("nodeId").asText().equals(device.id())) {
                return each;
            }
        }
        return MissingNode.getInstance();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
