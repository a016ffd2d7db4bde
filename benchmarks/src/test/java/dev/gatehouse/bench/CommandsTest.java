package dev.gatehouse.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Whole runs, from the command line to the printed figures. */
class CommandsTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream problems = new ByteArrayOutputStream();
    private FakeGateway gateway;

    @BeforeEach
    void startGateway() throws IOException {
        gateway = new FakeGateway();
        Files.writeString(folder.resolve("token"), FakeGateway.SHARED_TOKEN + "\n");
        Files.writeString(folder.resolve("key"), FakeGateway.API_KEY + "\n");
    }

    @AfterEach
    void stopGateway() throws IOException {
        gateway.close();
    }

    @Test
    void admit_pairedDevices_countsAdmissionsOnly() throws Exception {
        pair(3);

        int status = run("admit", "--devices", "3", "--connections", "2", "--seconds", "1", "--warmup", "0");

        assertThat(status).isZero();
        JsonNode figures = figures();
        assertThat(figures.path("count").asLong()).isPositive();
        assertThat(figures.path("perSecond").asDouble())
                .isEqualTo(figures.path("count").asDouble());
        assertThat(figures.path("latencies").path("total").path("p99").asDouble())
                .isGreaterThanOrEqualTo(
                        figures.path("latencies").path("answer").path("p50").asDouble());
        assertThat(figures.path("errors")).isEmpty();
        assertThat(gateway.peers()).contains("127.0.0.1", "127.0.0.2");
    }

    @Test
    void refuse_wrongToken_countsRefusalsOnly() throws Exception {
        int status = run("refuse", "--connections", "2", "--seconds", "1", "--warmup", "0");

        assertThat(status).isZero();
        assertThat(figures().path("count").asLong()).isPositive();
        assertThat(figures().path("errors")).isEmpty();
    }

    @Test
    void admit_tokensOfAnotherGateway_countsErrorsByKind() throws Exception {
        Files.writeString(folder.resolve("devices"), "1\t0\tstale\n");

        run("admit", "--devices", "1", "--connections", "1", "--seconds", "1", "--warmup", "0");

        assertThat(figures().path("count").asLong()).isZero();
        assertThat(figures()
                        .path("errors")
                        .path("refused AUTH_TOKEN_MISMATCH 1008")
                        .asLong())
                .isPositive();
    }

    @Test
    void refuse_gatewayIsGone_countsConnectFailures() throws Exception {
        String url = gateway.url();
        gateway.close();

        Main.run(
                List.of("refuse", "--url", url, "--connections", "1", "--seconds", "1", "--warmup", "0"),
                stream(out),
                stream(problems));

        assertThat(figures()
                        .path("errors")
                        .path("ConnectException: Connection refused")
                        .asLong())
                .isPositive();
    }

    @Test
    void pair_twice_approvesEachDeviceOnce() throws Exception {
        pair(10);
        pair(12);

        assertThat(gateway.approvals()).isEqualTo(12);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("2 devices paired, 10 were paired before");
        assertThat(Files.readAllLines(folder.resolve("devices"))).hasSize(12);
    }

    @Test
    void pair_wrongApiKey_failsWithTheAnswer() throws Exception {
        Files.writeString(folder.resolve("key"), "wrong");

        int status = runPair(1);

        assertThat(status).isEqualTo(1);
        assertThat(problems.toString(StandardCharsets.UTF_8)).contains("was answered 401");
    }

    @Test
    void admit_nothingPaired_saysWhatToDo() throws Exception {
        int status = run("admit");

        assertThat(status).isEqualTo(2);
        assertThat(problems.toString(StandardCharsets.UTF_8)).contains("run the pair command first");
    }

    @Test
    void idle_sessions_areHeldAnsweredAndWeighed() throws Exception {
        long pid = ProcessHandle.current().pid();

        int status = Main.run(
                List.of(
                        "idle",
                        "--url",
                        gateway.url(),
                        "--token-file",
                        folder.resolve("token").toString(),
                        "--pid",
                        Long.toString(pid),
                        "--sessions",
                        "20"),
                stream(out),
                stream(problems));

        assertThat(status).isZero();
        assertThat(figures().path("opened").asInt()).isEqualTo(20);
        assertThat(figures().path("before").path("heap").asLong()).isPositive();
        assertThat(figures().path("errors")).isEmpty();
        assertThat(gateway.pongs()).isEqualTo(20);
    }

    @Test
    void revoke_devicesWithSessions_timesTheirCloseFrames_andForgetsThem() throws Exception {
        Files.writeString(folder.resolve("devices"), "7\t0\tof-another-seed\n");

        int status = run(
                "revoke",
                "--token-file",
                folder.resolve("token").toString(),
                "--api-key-file",
                folder.resolve("key").toString(),
                "--devices",
                "20");

        assertThat(status).isZero();
        assertThat(figures().path("sessions").asInt()).isEqualTo(20);
        assertThat(figures().path("cut").asInt()).isEqualTo(20);
        assertThat(figures().path("toClose").path("p99").asDouble()).isPositive();
        assertThat(figures().path("errors")).isEmpty();
        assertThat(gateway.removed()).hasSize(20);
        assertThat(Files.readAllLines(folder.resolve("devices"))).containsExactly("7\t0\tof-another-seed");
    }

    private void pair(int devices) throws InterruptedException {
        assertThat(runPair(devices)).isZero();
    }

    private int runPair(int devices) throws InterruptedException {
        return run(
                "pair",
                "--token-file",
                folder.resolve("token").toString(),
                "--api-key-file",
                folder.resolve("key").toString(),
                "--devices",
                Integer.toString(devices));
    }

    private int run(String command, String... options) throws InterruptedException {
        List<String> words = new ArrayList<>(List.of(command, "--url", gateway.url()));
        if (!command.equals("refuse")) {
            words.addAll(List.of("--devices-file", folder.resolve("devices").toString()));
        }
        words.addAll(List.of(options));
        return Main.run(words, stream(out), stream(problems));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private JsonNode figures() throws IOException {
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        return new ObjectMapper().readTree(lines.get(lines.size() - 1));
    }
}
