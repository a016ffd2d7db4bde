package dev.gatehouse.system;

import java.nio.file.Path;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.system.OpenClawCli.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The stock node host, from unknown to revoked, and the stock command line that manages and uses it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeHostIT {

    private static final Pattern APPROVED = Pattern.compile("Approved ([0-9a-f]{64}) ");
    private static final Pattern SURFACE_REQUEST = Pattern.compile("│ (\\S+) +│ bench-node ");
    private static final String NOT_APPROVED = "no command of this node is approved; run `openclaw nodes pending`";
    private static final String CUT = "node host gateway closed (4001): device removed";

    private EmbeddedServer server;
    private OpenClawCli cli;

    @BeforeAll
    void start(@TempDir Path home) {
        server = EmbeddedServer.start();
        cli = new OpenClawCli(server, home);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void forgetEverything() {
        Operator operator = Operator.of(server);
        operator.deviceIds().forEach(operator::removeDevice);
        operator.requestIds().forEach(operator::reject);
    }

    @Test
    void nodeHost_withTheSharedToken_isRefusedApprovedUsedRevokedAndCut(@TempDir Path home) {
        OpenClawCli machine = new OpenClawCli(server, home);
        try (NodeHost node = machine.startNode(home.resolve("node.log"), server.gatewayToken())) {
            String requestId = node.awaitRefusal("pairing required: device is not approved yet");
            String approval = cli.succeed("devices", "approve", requestId).output();
            String nodeId = TextFile.word(approval, APPROVED);

            node.awaitText("node host gateway connected: " + cli.url());
            assertThat(presence()).contains(nodeId);
            assertThat(Operator.of(server).device(nodeId).body()).contains("bench-node");

            surfaceApproved(nodeId);
            renamed(nodeId);
            assertThat(whichShell("bench laptop")).endsWith("/sh");

            revoke(nodeId);
            node.awaitText(CUT);
            assertRefused(nodeId, "unknown node");
            String again = node.awaitRefusal("role upgrade pending approval");
            assertThat(again).isNotEqualTo(requestId);
            assertThat(presence()).doesNotContain(nodeId);
            assertThat(node.connects()).isEqualTo(1);

            cli.succeed("devices", "approve", again);
            node.awaitConnects(2);
            assertThat(node.isAlive()).isTrue();
            assertRefused(nodeId, NOT_APPROVED); // its surface went with the token
        }
        comesBackOnItsOwnTokenAndIsToldThatItWasRevoked(machine);
    }

    @Test
    void nodeHost_withAJoinLink_comesInWithItsSurfaceAndComesBackByItsOwnToken(
            @TempDir Path home, @TempDir Path other) {
        OpenClawCli machine = new OpenClawCli(server, home);
        String link = cli.succeed("devices", "join-code", "--json")
                .json()
                .path("joinUrl")
                .asText();
        try (NodeHost node = machine.connectNode(home.resolve("invited.log"), link)) {
            node.awaitText("node host gateway connected: " + cli.url());

            assertThat(Operator.of(server).requestIds()).isEmpty();
            assertThat(cli.succeed("nodes", "pending").output()).contains("No pending pairing requests.");
            assertThat(whichShell("invited-node")).endsWith("/sh");
        }
        turnedAway(new OpenClawCli(server, other), link);
        try (NodeHost node = machine.startNode(home.resolve("restarted.log"), "")) {
            node.awaitText("node host gateway connected: " + cli.url());
            assertThat(whichShell("bench-node")).endsWith("/sh");

            removed(node);
        }
    }

    private void surfaceApproved(String nodeId) {
        String requestId = TextFile.word(cli.succeed("nodes", "pending").output(), SURFACE_REQUEST);
        assertThat(cli.succeed("nodes", "status").output())
                .contains("Known: 1 · Paired: 1 · Connected: 1", "approval pending");
        assertRefused(nodeId, NOT_APPROVED);

        JsonNode approved = cli.succeed("nodes", "approve", requestId).json();

        assertThat(approved.path("requestId").asText()).isEqualTo(requestId);
        assertThat(approved.at("/node/nodeId").asText()).isEqualTo(nodeId);
    }

    private void renamed(String nodeId) {
        assertThat(cli.succeed("nodes", "rename", "--node", "bench-node", "--name", "bench laptop")
                        .output())
                .contains("node rename ok: " + nodeId + " -> bench laptop");

        assertThat(cli.succeed("nodes", "describe", "--node", "bench laptop").output())
                .contains(nodeId, "bench laptop", "paired · connected", "- system.run", "- system.which")
                .doesNotContain("bench-node", "Pending");
    }

    /** Where the node finds its shell. */
    private String whichShell(String node) {
        JsonNode answer = invokeWhich(node).json();
        assertThat(answer.path("ok").asBoolean()).as(answer.toString()).isTrue();
        return answer.at("/payload/bins/sh").asText();
    }

    private void assertRefused(String nodeId, String why) {
        Result result = invokeWhich(nodeId);
        assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
        assertThat(result.output()).contains(why);
    }

    private Result invokeWhich(String node) {
        return cli.run(
                "nodes", "invoke", "--node", node, "--command", "system.which", "--params", "{\"bins\":[\"sh\"]}");
    }

    /** Whoever got hold of the same link comes too late. */
    private static void turnedAway(OpenClawCli another, String link) {
        try (NodeHost late = another.connectNode(another.home().resolve("late.log"), link)) {
            assertThat(late.exitCode()).isEqualTo(1);
            late.awaitText("Gateway join code was not found or has expired.");
        }
    }

    private void removed(NodeHost node) {
        String nodeId = Operator.of(server).deviceIds().get(0);

        assertThat(cli.succeed("nodes", "remove", "--node", nodeId).output()).contains("Removed paired node " + nodeId);

        node.awaitText(CUT);
        assertThat(cli.succeed("nodes", "status").output()).contains("Known: 0 · Paired: 0 · Connected: 0");
        assertThat(Operator.of(server).deviceIds()).isEmpty();
    }

    private void comesBackOnItsOwnTokenAndIsToldThatItWasRevoked(OpenClawCli machine) {
        Path log = machine.home().resolve("node-without-shared-token.log");
        try (NodeHost node = machine.startNode(log, "")) {
            node.awaitText("node host gateway connected: " + cli.url());

            revoke(Operator.of(server).deviceIds().get(0));

            node.awaitText(CUT);
            node.awaitText("reconnect paused after close (1008): unauthorized: device token was revoked"
                    + " (ask an operator, then pair this device again)"
                    + " detail=AUTH_DEVICE_TOKEN_MISMATCH; waiting for operator action");
            assertThat(node.isAlive()).isTrue();
            assertThat(Operator.of(server).requestIds()).isEmpty();
        }
    }

    private String presence() {
        return cli.succeed("gateway", "call", "system-presence", "--json").output();
    }

    private void revoke(String deviceId) {
        assertThat(Operator.of(server).revoke(deviceId, "node").statusCode()).isEqualTo(204);
    }
}
