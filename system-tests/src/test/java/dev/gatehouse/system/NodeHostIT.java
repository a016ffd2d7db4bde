package dev.gatehouse.system;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The stock node host, from unknown to revoked; what it prints is what its owner reads. */
class NodeHostIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern REQUEST = Pattern.compile("\\(requestId: ([^)]+)\\)");

    @Test
    void nodeHost_withTheSharedToken_waitsForEachApprovalAndComesInByItself(@TempDir Path home) throws IOException {
        try (EmbeddedServer server = EmbeddedServer.start()) {
            OpenClawCli cli = new OpenClawCli(server, home);
            Path log = home.resolve("node.log");
            try (OwnProcess node = cli.startNode(log, server.gatewayToken())) {
                String requestId = refused(log, "pairing required: device is not approved yet");
                String approval = cli.succeed("devices", "approve", requestId).output();
                String deviceId = word(approval, "Approved ([0-9a-f]{64}) ");

                awaitText(log, "node host gateway connected: " + cli.url());
                assertThat(cli.succeed("gateway", "call", "system-presence", "--json")
                                .output())
                        .contains(deviceId);
                assertThat(Operator.of(server).device(deviceId).body()).contains("bench-node");

                revoke(server, deviceId);
                awaitText(log, "node host gateway closed (4001): device removed");
                String again = refused(log, "role upgrade pending approval");
                assertThat(again).isNotEqualTo(requestId);
                assertThat(cli.succeed("gateway", "call", "system-presence", "--json")
                                .output())
                        .doesNotContain(deviceId);
                assertThat(count(log, "gateway connected:")).isEqualTo(1);

                cli.succeed("devices", "approve", again);
                assertThat(Await.until(PATIENCE, () -> count(log, "gateway connected:") == 2))
                        .as(TextFile.tail(log))
                        .isTrue();
                assertThat(node.isAlive()).isTrue();
            }
            comesBackOnItsOwnTokenAndIsToldThatItWasRevoked(server, cli, home);
        }
    }

    private static void comesBackOnItsOwnTokenAndIsToldThatItWasRevoked(Server server, OpenClawCli cli, Path home)
            throws IOException {
        Path log = home.resolve("node-without-shared-token.log");
        try (OwnProcess node = cli.startNode(log, "")) {
            awaitText(log, "node host gateway connected: " + cli.url());

            revoke(server, Operator.of(server).deviceIds().get(0));

            awaitText(log, "node host gateway closed (4001): device removed");
            awaitText(
                    log,
                    "reconnect paused after close (1008): unauthorized: device token was revoked"
                            + " (ask an operator, then pair this device again)"
                            + " detail=AUTH_DEVICE_TOKEN_MISMATCH; waiting for operator action");
            assertThat(node.isAlive()).isTrue();
            assertThat(Operator.of(server).requestIds()).isEmpty();
        }
    }

    private static void revoke(Server server, String deviceId) {
        assertThat(Operator.of(server).revoke(deviceId, "node").statusCode()).isEqualTo(204);
    }

    /** Waits until the node host says that it was refused for that, and returns the request's id. */
    private static String refused(Path log, String why) {
        Optional<String> line = Await.value(
                PATIENCE,
                () -> TextFile.read(log)
                        .lines()
                        .filter(printed -> printed.contains(why))
                        .findFirst());
        assertThat(line).as(TextFile.tail(log)).isPresent();
        return word(line.orElseThrow(), REQUEST.pattern());
    }

    private static void awaitText(Path log, String text) {
        assertThat(Await.until(PATIENCE, () -> TextFile.read(log).contains(text)))
                .as(text + " in " + TextFile.tail(log))
                .isTrue();
    }

    private static long count(Path log, String text) {
        return TextFile.read(log).lines().filter(line -> line.contains(text)).count();
    }

    private static String word(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }
}
