package dev.gatehouse.system;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The stock command line of OpenClaw with the gateway's shared token, in a home of its own.
 *
 * @param url the gateway, as the command line names it
 * @param more what else is in its environment
 */
record OpenClawCli(Server server, Path home, String url, Map<String, String> more) {

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

    OpenClawCli(Server server, Path home) {
        this(server, home, "ws://127.0.0.1:" + server.port(), Map.of());
    }

    /** Runs a command to its end. */
    Result run(String... arguments) {
        Path log = home.resolve("output-" + System.nanoTime());
        try (OwnProcess process = start(log, server.gatewayToken(), arguments)) {
            int exitCode = process.exitCode(PATIENCE);
            return new Result(exitCode, TextFile.read(log));
        }
    }

    /** Runs a command that must succeed, and returns what it printed. */
    Result succeed(String... arguments) {
        Result result = run(arguments);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result;
    }

    /** Starts a node host that goes on until it is closed; it is given no shared token when that is empty. */
    NodeHost startNode(Path log, String sharedToken) {
        URI gateway = URI.create(url);
        List<String> arguments = new ArrayList<>(List.of(
                "node",
                "run",
                "--host",
                gateway.getHost(),
                "--port",
                Integer.toString(gateway.getPort()),
                "--display-name",
                "bench-node"));
        if (gateway.getScheme().equals("wss")) {
            arguments.add("--tls");
        }
        return new NodeHost(start(log, sharedToken, arguments.toArray(String[]::new)), log);
    }

    /** Starts a node host by the link of an invitation; it knows nothing but the link. */
    NodeHost connectNode(Path log, String link) {
        return new NodeHost(start(log, "", "connect", link, "--display-name", "invited-node"), log);
    }

    private OwnProcess start(Path log, String sharedToken, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Checkout.systemTests("openclaw-cli/openclaw").toString());
        command.addAll(List.of(arguments));
        Map<String, String> environment = new HashMap<>(Map.of(
                "HOME",
                home.toString(),
                "NO_COLOR",
                "1",
                "OPENCLAW_OFFLINE",
                "1",
                "OPENCLAW_NO_AUTO_UPDATE",
                "1",
                "OPENCLAW_GATEWAY_URL",
                url));
        environment.putAll(more);
        if (!sharedToken.isEmpty()) {
            environment.put("OPENCLAW_GATEWAY_TOKEN", sharedToken);
        }
        return OwnProcess.start(command, environment, log);
    }
}
