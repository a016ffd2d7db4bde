package dev.gatehouse.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** WildFly, configured by its deploy script and started by its own. */
record WildFlyServer(int port, Path home, OwnProcess process) implements Server {

    private static final Duration DEPLOY = Duration.ofSeconds(90);
    private static final Duration START = Duration.ofMinutes(2);

    static WildFlyServer start() {
        Path folder = Checkout.freshFolder("wildfly");
        Path home = folder.resolve("home");
        Path log = folder.resolve("log");
        int port = FreePorts.next();
        List<String> deploy = List.of(
                Checkout.serverConfig("wildfly/deploy").toString(),
                "--server=" + Checkout.wildFly(),
                "--war=" + Checkout.war(),
                "--port=" + port,
                "--home=" + home);
        OwnProcess.run(deploy, Map.of(), log, DEPLOY);
        List<String> run = List.of(
                Checkout.wildFly().resolve("bin/standalone.sh").toString(),
                "-Djboss.https.port=" + FreePorts.next(),
                "-Djboss.management.http.port=" + FreePorts.next());
        // Only in the background does the script hand a signal on to the server.
        Map<String, String> environment = Map.of(
                "LAUNCH_JBOSS_IN_BACKGROUND",
                "true",
                "GATEHOUSE_DOOR_HANDSHAKE_TIMEOUT",
                HANDSHAKE_TIMEOUT.toSeconds() + "s",
                "GATEHOUSE_LIMITS_UNADMITTED_PER_ADDRESS",
                UNADMITTED,
                "GATEHOUSE_LIMITS_UNADMITTED",
                UNADMITTED);
        OwnProcess process = OwnProcess.start(run, environment, log);
        return Server.awaitReady(new WildFlyServer(port, home, process), START, process::isAlive);
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
