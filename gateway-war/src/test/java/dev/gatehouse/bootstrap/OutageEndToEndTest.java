package dev.gatehouse.bootstrap;

import java.nio.file.Path;
import java.sql.SQLException;

import com.fasterxml.jackson.databind.JsonNode;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.gatehouse.bootstrap.GatewayFixture.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** A database that goes away under a running gateway. */
class OutageEndToEndTest {

    private final Caller device =
            Caller.of(Callers.remoteCli().withToken(SECRET)).onNewDevice();

    private Server database;
    private GatewayFixture gateway;

    @BeforeEach
    void start(@TempDir Path folder) throws SQLException {
        database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", folder.toString())
                .start();
        String url = "jdbc:h2:tcp://127.0.0.1:" + database.getPort() + "/./devices";
        gateway = GatewayFixture.withDatabase(folder.resolve("home"), url);
        gateway.pair(device);
    }

    @AfterEach
    void stop() {
        gateway.close();
        database.stop();
    }

    @Test
    void device_withTheSecret_isNotAdmitted_andMayTryAgain() {
        database.stop();

        assertUnavailable(gateway.connect(device));
    }

    @Test
    void device_withItsToken_isNotAdmitted_andKeepsIt() {
        String token = gateway.admit(device).at("/auth/deviceToken").asText();
        int live = gateway.liveSessions();
        database.stop();

        assertUnavailable(gateway.connect(Caller.of(Callers.remoteCli().withDeviceToken(token))
                .on(device.device().orElseThrow())));
        assertThat(gateway.liveSessions()).isEqualTo(live);
    }

    @Test
    void unknownDevice_isNotAdmitted_andMayTryAgain() {
        database.stop();

        assertUnavailable(
                gateway.connect(Caller.of(Callers.remoteCli().withToken(SECRET)).onNewDevice()));
    }

    @Test
    void gateway_closesAllTheSame_andTellsItsClients() {
        Peer live = gateway.connect(device);
        live.hello();
        database.stop();

        assertThatCode(gateway::close).doesNotThrowAnyException();

        assertThat(live.close().getCloseCode().getCode()).isEqualTo(1012);
    }

    @Test
    void health_isAnswered_andSaysThatTheDatabaseIsDown() {
        Peer live = gateway.connect(device);
        live.hello();
        database.stop();
        gateway.lookAtDatabase();

        assertThat(live.event("health").at("/payload/database").asText()).isEqualTo("down");
        JsonNode health = live.result("health", "{}");
        assertThat(health.path("ok").asBoolean()).isTrue();
        assertThat(health.path("database").asText()).isEqualTo("down");
        live.leave();
    }

    private static void assertUnavailable(Peer peer) {
        JsonNode error = peer.error();
        String incident = error.at("/details/incidentId").asText();

        assertThat(incident).matches("[0-9a-f]{10}");
        assertThat(error.path("code").asText()).isEqualTo("UNAVAILABLE");
        assertThat(error.path("message").asText()).isEqualTo("admission is unavailable (incident " + incident + ")");
        assertThat(error.path("retryable").asBoolean()).isTrue();
        assertThat(error.path("retryAfterMs").asLong()).isPositive();
        assertThat(peer.close().getCloseCode().getCode()).isEqualTo(1013);
        assertThat(peer.close().getReasonPhrase())
                .isEqualTo(error.path("message").asText());
    }
}
