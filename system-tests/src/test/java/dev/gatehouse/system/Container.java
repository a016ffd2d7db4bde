package dev.gatehouse.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network of its own with a cable to this machine, as a container has: as far as addresses go, another machine. It takes
 * root, and is gone with its process.
 */
final class Container implements AutoCloseable {

    /** This machine's end of the cable. */
    static final String HOST = "172.30.255.1";

    static final String HOST_IPV6 = "fd30::1";

    private static final String ADDRESS = "172.30.255.2";
    private static final String ADDRESS_IPV6 = "fd30::2";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Longer than every test; the process ends by itself when nobody is left to end it. */
    private static final String LIFE_SECONDS = "1800";

    private final OwnProcess process;
    private final Path folder;

    private Container(OwnProcess process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /** Makes one, if this user may do that here. */
    static Optional<Container> start() {
        Path folder = Checkout.freshFolder("container");
        if (!runs(folder, "unshare", "--net", "true")) {
            return Optional.empty();
        }
        Container container = new Container(
                OwnProcess.start(
                        List.of("unshare", "--net", "sleep", LIFE_SECONDS), Map.of(), folder.resolve("unshare.log")),
                folder);
        if (container.isApart() && container.isConnected()) {
            return Optional.of(container);
        }
        container.close();
        return Optional.empty();
    }

    /** Runs one of the tests' own programs inside, to its end, and returns what it printed. */
    String java(String main, Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main));
        command.addAll(arguments);
        Path output = folder.resolve("output-" + System.nanoTime());
        OwnProcess.run(inside(command), environment, output, PATIENCE);
        return TextFile.read(output);
    }

    @Override
    public void close() {
        process.close();
    }

    private boolean isApart() {
        return Await.until(
                        PATIENCE,
                        () -> !process.isAlive()
                                || !network(process.pid())
                                        .equals(network(ProcessHandle.current().pid())))
                && process.isAlive();
    }

    private static Path network(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "ns", "net"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot see the network of process " + pid, e);
        }
    }

    private boolean isConnected() {
        String pid = Long.toString(process.pid());
        String cable = "gh" + pid;
        return runs("ip", "link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", pid)
                && runs("ip", "address", "add", HOST + "/30", "dev", cable)
                && runs("ip", "address", "add", HOST_IPV6 + "/64", "dev", cable, "nodad")
                && runs("ip", "link", "set", cable, "up")
                && runsInside("ip", "address", "add", ADDRESS + "/30", "dev", "eth0")
                && runsInside("ip", "address", "add", ADDRESS_IPV6 + "/64", "dev", "eth0", "nodad")
                && runsInside("ip", "link", "set", "eth0", "up");
    }

    private boolean runsInside(String... command) {
        return runs(inside(List.of(command)).toArray(String[]::new));
    }

    private List<String> inside(List<String> command) {
        List<String> whole = new ArrayList<>(List.of("nsenter", "--net=/proc/" + process.pid() + "/ns/net", "--"));
        whole.addAll(command);
        return whole;
    }

    private boolean runs(String... command) {
        return runs(folder, command);
    }

    private static boolean runs(Path folder, String... command) {
        try (OwnProcess run = OwnProcess.start(List.of(command), Map.of(), folder.resolve("commands.log"))) {
            return run.exitCode(PATIENCE) == 0;
        }
    }
}
