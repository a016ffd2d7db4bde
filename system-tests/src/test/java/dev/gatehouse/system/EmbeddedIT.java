package dev.gatehouse.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The gateway on the embedded default, and what only that server promises. */
class EmbeddedIT extends RunningGateway {

    private static final Duration STOP = Duration.ofSeconds(5);
    private static final int SIGTERM = 143;

    EmbeddedIT() {
        super(EmbeddedServer::start);
    }

    @Override
    public int silentSockets() {
        return 1_000;
    }

    @Test
    void log_ofTheStart_saysNothingThatFrightens() {
        String log = server().log();

        assertThat(log).contains("is ready");
        assertThat(log.substring(0, log.indexOf("is ready"))).doesNotContain("WARNING", "SEVERE", "Exception");
    }

    @Test
    void secrets_writtenAtFirstStart_areReadableByTheirOwnerOnly() throws IOException {
        for (String name : new String[] {"gateway-token", "api-key"}) {
            assertThat(Files.getPosixFilePermissions(
                            server().home().resolve("secrets").resolve(name)))
                    .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        }
    }

    @Test
    void secondGateway_onTheSamePort_saysSoInOneSentence() {
        try (OwnProcess second = EmbeddedServer.launch(server().port(), Checkout.freshFolder("embedded-second"))) {
            assertThat(second.exitCode(Duration.ofSeconds(20))).isEqualTo(1);
            assertThat(TextFile.read(second.log()).strip())
                    .contains("cannot listen on 127.0.0.1:" + server().port())
                    .hasLineCount(1);
        }
    }

    @Test
    void checkConfig_ofAMistake_listsItAndEndsWithOne(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("gatehouse.yaml"), "door: {handshake-timeout: never}\n");

        assertThat(checkConfig(folder, folder.resolve("log"))).isEqualTo(1);
        assertThat(TextFile.read(folder.resolve("log")))
                .isEqualTo(folder.resolve("gatehouse.yaml") + ": 1 problem\n"
                        + "  - door.handshake-timeout: 'never' is not a duration; write 250ms, 15s, 60m, 12h or 30d\n");
    }

    @Test
    void checkConfig_ofNothing_isRight(@TempDir Path folder) {
        assertThat(checkConfig(folder, folder.resolve("log"))).isZero();
        assertThat(TextFile.read(folder.resolve("log"))).contains(": all right");
    }

    @Test
    void command_whileTheGatewayIsStopped_worksOnItsData(@TempDir Path folder) {
        Path home;
        try (EmbeddedServer other = EmbeddedServer.start()) {
            home = other.home();
        }
        Path log = folder.resolve("log");
        List<String> keys = List.of(
                Checkout.serverConfig("embedded/run").toString(), "--no-build", "keys", "list", "--home=" + home);

        OwnProcess.run(OfflineTests.command(home, "devices", "list"), Map.of(), log, Duration.ofSeconds(60));
        OwnProcess.run(keys, Map.of(), log, Duration.ofSeconds(60));

        assertThat(TextFile.read(log)).contains("nobody waits", "no device is approved", "first key");
    }

    private static int checkConfig(Path home, Path log) {
        List<String> command = List.of(
                Checkout.serverConfig("embedded/run").toString(), "--no-build", "check-config", "--home=" + home);
        try (OwnProcess process = OwnProcess.start(command, Map.of(), log)) {
            return process.exitCode(Duration.ofSeconds(60));
        }
    }

    @Test
    void sigterm_whileServing_endsTheProcessInTime() {
        try (EmbeddedServer other = EmbeddedServer.start()) {
            other.process().terminate();

            assertThat(other.process().exitCode(STOP)).isEqualTo(SIGTERM);
        }
    }
}
