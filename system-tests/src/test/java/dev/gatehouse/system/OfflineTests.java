package dev.gatehouse.system;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The owner's commands, run out of the very WAR that the server runs, while it runs. */
interface OfflineTests {

    Server server();

    @Test
    default void command_whileTheServerRuns_approvesLetsInAndCuts() throws IOException {
        TestDevice device = TestDevice.create();
        String requestId;
        try (RawSocket socket = RawSocket.upgrade(server())) {
            socket.send(device.connect(Answer.challenge(socket), server().gatewayToken()));
            requestId = Answer.refusal(socket).error().at("/details/requestId").asText();
        }
        assertThat(done("devices", "list")).contains(requestId, device.id());

        assertThat(done("devices", "approve", requestId)).contains("approved: device " + device.id());
        try (RawSocket socket = RawSocket.upgrade(server())) {
            socket.send(device.connect(Answer.challenge(socket), server().gatewayToken()));
            Answer.hello(socket);

            assertThat(done("devices", "remove", device.id())).contains("removed: device " + device.id());

            assertThat(Answer.refusal(socket).closeCode()).isEqualTo(4001);
        }
        assertThat(done("devices", "list")).doesNotContain(device.id());
    }

    @Test
    default void newKey_madeByTheCommand_opensRest() {
        String printed = done("keys", "create", "system test");
        String key = printed.lines()
                .filter(line -> line.startsWith("gk_"))
                .findFirst()
                .orElseThrow();

        assertThat(new Operator(server(), key).pairingRequests().statusCode()).isEqualTo(200);
        assertThat(server().log()).doesNotContain(key);
    }

    private String done(String... words) {
        Path log = Checkout.freshFolder("command").resolve("output");
        OwnProcess.run(command(server().home(), words), Map.of(), log, Duration.ofSeconds(60));
        return TextFile.read(log);
    }

    /** The command as people type it who have nothing but the WAR. */
    static List<String> command(Path home, String... words) {
        String java = ProcessHandle.current().info().command().orElse("java");
        List<String> command =
                new ArrayList<>(List.of(java, "-jar", Checkout.war().toString()));
        command.addAll(List.of(words));
        command.add("--home=" + home);
        return command;
    }
}
