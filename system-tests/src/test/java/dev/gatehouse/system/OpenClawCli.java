package dev.gatehouse.system;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The stock command line of OpenClaw with the gateway's shared token, in a home of its own. */
record OpenClawCli(Server server, Path home) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * What a command did.
     *
     * @param exitCode how it ended
     * @param output all that it printed
     */
    record Result(int exitCode, String output) {

        /** The JSON that it printed, from the first brace on: notes for people may stand before it. */
        JsonNode json() {
            try {
                return JSON.readTree(output.substring(Math.max(0, output.indexOf('{'))));
            } catch (IOException e) {
                throw new AssertionError("no JSON: " + output, e);
            }
        }
    }

    /** Runs a command to its end. */
    Result run(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Checkout.systemTests("openclaw-cli/openclaw").toString());
        command.addAll(List.of(arguments));
        Map<String, String> environment = Map.of(
                "HOME",
                home.toString(),
                "NO_COLOR",
                "1",
                "OPENCLAW_GATEWAY_URL",
                "ws://127.0.0.1:" + server.port(),
                "OPENCLAW_GATEWAY_TOKEN",
                server.gatewayToken());
        Path log = home.resolve("output-" + System.nanoTime());
        try (OwnProcess process = OwnProcess.start(command, environment, log)) {
            int exitCode = process.exitCode(PATIENCE);
            return new Result(exitCode, TextFile.read(log));
        }
    }
}
