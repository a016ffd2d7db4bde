package dev.gatehouse.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.system.OpenClawCli.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Devices managed by the stock command line, as an operator types it. */
class OpenClawCliIT {

    @Test
    void devices_fromTheirRequestToTheirRemoval_areManagedByTheStockCommandLine(@TempDir Path home) throws IOException {
        try (EmbeddedServer server = EmbeddedServer.start()) {
            OpenClawCli cli = new OpenClawCli(server, home);
            TestDevice device = TestDevice.create();
            String requestId = requestOf(server, device);

            JsonNode pending =
                    succeeded(cli.run("devices", "list", "--json")).json().at("/pending/0");
            assertThat(pending.path("requestId").asText()).isEqualTo(requestId);
            assertThat(pending.path("deviceId").asText()).isEqualTo(device.id());

            succeeded(cli.run("devices", "approve", requestId));
            try (RawSocket live = admitted(server, device)) {
                succeeded(cli.run("devices", "rename", "--device", device.id(), "--name", "bench laptop"));
                JsonNode paired =
                        succeeded(cli.run("devices", "list", "--json")).json().at("/paired/0");
                assertThat(paired.path("operatorLabel").asText()).isEqualTo("bench laptop");
                assertThat(paired.path("connected").asBoolean()).isTrue();

                succeeded(cli.run("devices", "remove", device.id()));
                assertThat(closeOf(live).closeCode()).isEqualTo(4001);
            }
            assertThat(requestOf(server, device)).isNotEqualTo(requestId);
        }
    }

    @Test
    void request_thatTheCommandLineRejects_isGone(@TempDir Path home) throws IOException {
        try (EmbeddedServer server = EmbeddedServer.start()) {
            OpenClawCli cli = new OpenClawCli(server, home);
            String requestId = requestOf(server, TestDevice.create());

            succeeded(cli.run("devices", "reject", requestId));

            assertThat(succeeded(cli.run("devices", "list", "--json")).json().path("pending"))
                    .isEmpty();
            Result again = cli.run("devices", "reject", requestId);
            assertThat(again.exitCode()).isEqualTo(1);
            assertThat(again.output()).contains("unknown requestId");
        }
    }

    @Test
    void gateway_calledByTheCommandLine_answers(@TempDir Path home) {
        try (EmbeddedServer server = EmbeddedServer.start()) {
            OpenClawCli cli = new OpenClawCli(server, home);

            for (String method : new String[] {"health", "status", "system-presence"}) {
                succeeded(cli.run("gateway", "call", method, "--json"));
            }
            assertThat(cli.run("gateway", "call", "no.such.method", "--json").exitCode())
                    .isEqualTo(1);
        }
    }

    private static Result succeeded(Result result) {
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result;
    }

    private static String requestOf(Server server, TestDevice device) throws IOException {
        try (RawSocket socket = RawSocket.upgrade(server)) {
            socket.send(device.connect(Answer.challenge(socket), server.gatewayToken()));
            return Answer.refusal(socket).error().at("/details/requestId").asText();
        }
    }

    private static RawSocket admitted(Server server, TestDevice device) throws IOException {
        RawSocket socket = RawSocket.upgrade(server);
        Map<String, String> auth = Map.of("token", server.gatewayToken());
        socket.send(device.connect(Answer.challenge(socket), auth, "cli", "cli"));
        Answer.hello(socket);
        return socket;
    }

    private static Frame closeOf(RawSocket socket) throws IOException {
        Frame frame = socket.read();
        while (frame.opcode() != Frame.CLOSE) {
            frame = socket.read();
        }
        return frame;
    }
}
