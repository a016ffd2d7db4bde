package dev.gatehouse.management;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.device.NodeClaim;
import dev.gatehouse.device.NodeDetails;
import dev.gatehouse.device.NodeSurface;
import dev.gatehouse.management.ManagementServer.Answer;
import dev.gatehouse.spi.Client;
import dev.gatehouse.spi.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.gatehouse.device.RegistryFixture.claim;
import static org.assertj.core.api.Assertions.assertThat;

class NodeApiTest {

    private final ManagementServer server = new ManagementServer();

    @BeforeEach
    void declare() {
        server.fixture.approve(server.fixture.open(claim("n1", Role.NODE)));
        server.surfaces.declare(new NodeClaim(
                "n1",
                new Client("node-host", "node", "1", "linux", Optional.of("Linux"), Optional.of("attic"), List.of()),
                NodeDetails.none(),
                InetAddress.getLoopbackAddress(),
                true,
                NodeSurface.of(List.of("system"), List.of("system.which"), Map.of())));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void request_isListed_andApproved() throws Exception {
        JsonNode request = server.call("GET", "/node-requests").body().at("/items/0");
        assertThat(request.at("/nodeId").asText()).isEqualTo("n1");
        assertThat(request.at("/surface/commands/0").asText()).isEqualTo("system.which");
        assertThat(request.at("/requiredScopes/1").asText()).isEqualTo("operator.admin");

        Answer approved =
                server.call("POST", "/node-requests/" + request.at("/requestId").asText() + "/approve");

        assertThat(approved.status()).isEqualTo(200);
        assertThat(approved.body().at("/surface/commands/0").asText()).isEqualTo("system.which");
        assertThat(server.call("GET", "/nodes")
                        .body()
                        .at("/items/0/surfaceApprovedAt")
                        .isTextual())
                .isTrue();
        assertThat(server.call("GET", "/nodes/n1").body().has("request")).isFalse();
    }

    @Test
    void request_isRejected_once() throws Exception {
        assertThat(server.call("POST", "/node-requests/n1/reject").status()).isEqualTo(200);

        Answer again = server.call("POST", "/node-requests/n1/reject");
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.body().at("/code").asText()).isEqualTo("NODE_REQUEST_UNKNOWN");
    }

    @Test
    void node_isRemoved_once() throws Exception {
        assertThat(server.call("DELETE", "/nodes/n1").status()).isEqualTo(204);

        Answer again = server.call("DELETE", "/nodes/n1");
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.body().at("/code").asText()).isEqualTo("NODE_UNKNOWN");
        assertThat(server.call("GET", "/nodes/n1").status()).isEqualTo(404);
    }

    @Test
    void nodes_areNotShownWithoutAKey() throws Exception {
        assertThat(server.callWithoutKey("/nodes").status()).isEqualTo(401);
        assertThat(server.callWithoutKey("/node-requests").status()).isEqualTo(401);
    }
}
