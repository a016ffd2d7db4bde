package dev.gatehouse.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The embedded default, started as the README says. */
record EmbeddedServer(int port, Path home, OwnProcess process) implements Server {

    private static final Duration START = Duration.ofSeconds(90);

    static EmbeddedServer start() {
        return start(Checkout.freshFolder("embedded"));
    }

    /** Starts in a folder in which another one may have run before. */
    static EmbeddedServer start(Path folder) {
        return start(folder, HANDSHAKE_TIMEOUT);
    }

    /** Starts on every address of this machine, and gives slow clients the time that they usually have. */
    static EmbeddedServer startOnEveryAddress(Path folder) {
        return start(folder, Duration.ofSeconds(15), "--host=0.0.0.0");
    }

    private static EmbeddedServer start(Path folder, Duration handshake, String... options) {
        int port = FreePorts.next();
        OwnProcess process = launch(port, folder, handshake, options);
        EmbeddedServer server = new EmbeddedServer(port, folder.resolve("home"), process);
        return Server.awaitReady(server, START, process::isAlive);
    }

    /** Ends the process at once, as the kernel does when memory is out; it learns nothing of it. */
    void kill() {
        process.kill();
    }

    /** Runs the command without waiting for anything. */
    static OwnProcess launch(int port, Path folder) {
        return launch(port, folder, HANDSHAKE_TIMEOUT);
    }

    private static OwnProcess launch(int port, Path folder, Duration handshake, String... options) {
        Map<String, String> environment = Map.of(
                "GATEHOUSE_HOME",
                folder.resolve("home").toString(),
                "GATEHOUSE_DOOR_HANDSHAKE_TIMEOUT",
                handshake.toSeconds() + "s",
                "GATEHOUSE_LIMITS_UNADMITTED_PER_ADDRESS",
                UNADMITTED,
                "GATEHOUSE_LIMITS_UNADMITTED",
                UNADMITTED);
        String run = Checkout.serverConfig("embedded/run").toString();
        List<String> command = new ArrayList<>(List.of(run, "--no-build", "--port=" + port));
        command.addAll(List.of(options));
        return OwnProcess.start(command, environment, folder.resolve("log"));
    }

    @Override
    public String log() {
        return TextFile.read(process.log());
    }

    @Override
    public void close() {
        process.close();
    }
}
