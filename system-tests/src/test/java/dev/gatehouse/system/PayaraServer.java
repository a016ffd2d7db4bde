package dev.gatehouse.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Payara, configured, started and given the gateway by its deploy script; it runs on its own after that. */
record PayaraServer(int port, Path home, Path folder) implements Server {

    private static final Duration DEPLOY = Duration.ofMinutes(5);
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration STOP = Duration.ofMinutes(1);
    private static final Path DOMAIN = Checkout.payara().resolve("glassfish/domains/gatehouse");

    static PayaraServer start() {
        // A domain of an earlier run would bring its own home and the id of a process that is gone.
        Checkout.delete(DOMAIN);
        Path folder = Checkout.freshFolder("payara");
        PayaraServer server = new PayaraServer(FreePorts.next(), folder.resolve("home"), folder);
        server.deploy();
        return Server.awaitReady(server, START, () -> server.process().isPresent());
    }

    private void deploy() {
        List<String> deploy = List.of(
                Checkout.serverConfig("payara/deploy").toString(),
                "--server=" + Checkout.payara(),
                "--war=" + Checkout.war(),
                "--port=" + port,
                "--admin-port=" + FreePorts.next(),
                "--home=" + home);
        Map<String, String> environment = Map.of(
                "GATEHOUSE_DOOR_HANDSHAKE_TIMEOUT",
                HANDSHAKE_TIMEOUT.toSeconds() + "s",
                "GATEHOUSE_LIMITS_UNADMITTED_PER_ADDRESS",
                UNADMITTED,
                "GATEHOUSE_LIMITS_UNADMITTED",
                UNADMITTED);
        try {
            OwnProcess.run(deploy, environment, folder.resolve("log"), DEPLOY);
        } catch (IllegalStateException e) {
            close();
            throw new IllegalStateException("Payara did not take the gateway; its log:\n" + log(), e);
        }
    }

    private Optional<ProcessHandle> process() {
        String pid = TextFile.read(DOMAIN.resolve("config/pid")).strip();
        return pid.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive);
    }

    @Override
    public String log() {
        return TextFile.read(folder.resolve("log")) + TextFile.read(DOMAIN.resolve("logs/server.log"));
    }

    @Override
    public void close() {
        process().ifPresent(process -> {
            process.destroy();
            if (!Await.until(STOP, () -> !process.isAlive())) {
                process.destroyForcibly();
            }
        });
    }
}
