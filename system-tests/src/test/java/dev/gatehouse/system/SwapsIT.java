package dev.gatehouse.system;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.system.ServerProcess.Holdings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A plugin that is replaced again and again while clients come in: nobody is lost, and nothing is left behind. */
class SwapsIT {

    private static final int WARM_UP = 20;
    private static final int SWAPS = 200;
    private static final int CLIENTS = 4;
    private static final int BUNDLED_PLUGINS = 5;

    /** Replaced chains end within seconds; until then their plugins are still loaded. */
    private static final Duration ENDED = Duration.ofSeconds(60);

    /** Pools of the server grow and shrink by themselves. */
    private static final int SERVER_THREADS = 25;

    private static final int SERVER_FILES = 25;
    private static final long HEAP_BYTES = 16 << 20;

    private final AtomicInteger inForce = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();
    private volatile boolean isOver;

    @TempDir
    private Path scratch;

    @Test
    void plugin_swappedUnderLoad_losesNoHandshakeAndLeavesNothing() throws Exception {
        try (EmbeddedServer server = EmbeddedServer.start()) {
            PluginFolder folder = new PluginFolder(server);
            ServerProcess process = new ServerProcess(server.process().pid());
            folder.put(VersionedPlugin.jar(scratch, 0), "versioned.jar");
            folder.configure("admission: {chain: [versioned]}\n");
            folder.awaitChain(List.of(VersionedPlugin.CHECK));
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            try {
                List<Future<Integer>> handshakes = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    handshakes.add(clients.submit(() -> comeAndGo(server)));
                }
                swap(server, folder, 1, WARM_UP);
                Holdings before = settled(process);
                swap(server, folder, WARM_UP + 1, WARM_UP + SWAPS);
                isOver = true;
                int admitted = 0;
                for (Future<Integer> each : handshakes) {
                    admitted += each.get();
                }
                Holdings after = settled(process);

                System.out.printf(
                        "%d swaps during %d handshakes: %s before, %s after%n", SWAPS, admitted, before, after);
                assertThat(admitted).isGreaterThan(SWAPS);
                assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + SERVER_THREADS);
                assertThat(after.openFiles()).isLessThanOrEqualTo(before.openFiles() + SERVER_FILES);
                assertThat(after.heapBytes()).isLessThanOrEqualTo(before.heapBytes() + HEAP_BYTES);
            } finally {
                isOver = true;
                clients.shutdownNow();
            }
        }
    }

    /** Replaces the plugin by each version and has it put in force. */
    private void swap(Server server, PluginFolder folder, int from, int to) {
        for (int version = from; version <= to; version++) {
            begun.set(version);
            folder.put(VersionedPlugin.jar(scratch, version), "versioned.jar");
            var answer = Operator.of(server).send("POST", "/api/v1/chain/reload");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            inForce.set(version);
        }
    }

    /** Comes in and leaves until it is over; whoever decides is the version in force, or the one that is coming. */
    private int comeAndGo(Server server) throws IOException {
        TestDevice device = TestDevice.create();
        int admitted = 0;
        while (!isOver) {
            int oldest = inForce.get();
            JsonNode hello;
            try (RawSocket socket = RawSocket.upgrade(server)) {
                socket.send(device.connect(Answer.challenge(socket), "unused"));
                hello = Answer.hello(socket);
            }
            int decidedBy = VersionedPlugin.version(hello.at("/auth/method").asText());
            assertThat(decidedBy).isBetween(oldest, begun.get());
            admitted++;
        }
        return admitted;
    }

    /** Waits until the replaced plugins are gone: of the versions, one is left, and the bundled plugins. */
    private static Holdings settled(ServerProcess process) {
        int[] fewest = {Integer.MAX_VALUE};
        boolean isSettled = Await.until(ENDED, () -> {
            fewest[0] = (int) process.holdings().pluginLoaders();
            return fewest[0] <= BUNDLED_PLUGINS + 1;
        });
        assertThat(isSettled)
                .as("%d class loaders of plugins are left", fewest[0])
                .isTrue();
        return process.holdings();
    }
}
