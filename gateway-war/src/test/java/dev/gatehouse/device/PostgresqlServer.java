package dev.gatehouse.device;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of the tests' own, on loopback, with its data in a temporary folder; started for the first
 * test that needs it and ended with the JVM.
 *
 * <p>The machine's own binaries are used. PostgreSQL refuses to run as root, so it runs as {@code nobody} then.
 */
final class PostgresqlServer {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final long START_SECONDS = 60;

    private final Path folder;
    private final Process process;
    private final String url;

    private PostgresqlServer(Path folder, Process process, String url) {
        this.folder = folder;
        this.process = process;
        this.url = url;
    }

    /** Starts the server when it is first asked for. */
    private static final class Shared {

        static final PostgresqlServer SERVER = start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::end, "end-postgresql"));
        }
    }

    static PostgresqlServer shared() {
        return Shared.SERVER;
    }

    /** The JDBC URL of an empty schema of that name. */
    String freshSchema(String name) {
        try (Connection connection = DriverManager.getConnection(url, RegistryFixture.USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute("create schema " + name);
            return url + "?currentSchema=" + name;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PostgresqlServer start() {
        Path binaries = binaries();
        try {
            Path folder = Files.createTempDirectory("gatehouse-postgresql");
            if (isRoot()) {
                Files.setOwner(
                        folder,
                        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
            }
            String data = folder.resolve("data").toString();
            run(folder, binaries.resolve("initdb"), "-D", data, "-U", RegistryFixture.USER, "--auth=trust", "--no-sync")
                    .waitFor();
            int port = freePort();
            Process process = run(
                    folder,
                    binaries.resolve("postgres"),
                    "-D",
                    data,
                    "-h",
                    "127.0.0.1",
                    "-p",
                    Integer.toString(port),
                    "-k",
                    folder.toString(),
                    "-F"); // what a crash of the machine would leave is not tested
            PostgresqlServer server =
                    new PostgresqlServer(folder, process, "jdbc:postgresql://127.0.0.1:" + port + "/postgres");
            server.awaitReady();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start PostgreSQL", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL started", e);
        }
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                String log = log();
                end();
                throw new IllegalStateException("PostgreSQL does not answer at " + url + "; it says:\n" + log);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(url, RegistryFixture.USER, "")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return "nothing: " + e.getMessage();
        }
    }

    private static Process run(Path folder, Path binary, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", "nobody", "--"));
        }
        command.add(binary.toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        return builder.start();
    }

    /** The newest that Debian has installed, or else what is in the path. */
    private static Path binaries() {
        return installed()
                .or(PostgresqlServer::inPath)
                .orElseThrow(() -> new IllegalStateException("these tests need PostgreSQL 13 or newer: no initdb in "
                        + DEBIAN + "/*/bin or in PATH; install the package 'postgresql', no server need be running"));
    }

    private static Optional<Path> installed() {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.filter(version -> hasBinaries(version.resolve("bin")))
                    .max(Comparator.comparingInt(
                            version -> Integer.parseInt(version.getFileName().toString())))
                    .map(version -> version.resolve("bin"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + DEBIAN, e);
        }
    }

    private static Optional<Path> inPath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(Path::of)
                .filter(PostgresqlServer::hasBinaries)
                .findFirst();
    }

    private static boolean hasBinaries(Path folder) {
        return Files.isExecutable(folder.resolve("initdb")) && Files.isExecutable(folder.resolve("postgres"));
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void end() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy); // those of root end with runuser, which passes the signal on
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
            }
            delete(folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }
}
