package dev.gatehouse.system;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that the tests started, and end by its own id whatever happens. */
final class OwnProcess implements AutoCloseable {

    private static final Duration STOP = Duration.ofSeconds(20);

    private final Process process;
    private final Path log;

    private OwnProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts a command whose output goes to the end of the log. */
    static OwnProcess start(List<String> command, Map<String, String> environment, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return new OwnProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    /** Runs a command to its end and insists on success. */
    static void run(List<String> command, Map<String, String> environment, Path log, Duration limit) {
        try (OwnProcess process = start(command, environment, log)) {
            if (process.exitCode(limit) != 0) {
                throw new IllegalStateException("failed: " + command + "\n" + TextFile.tail(log));
            }
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Path log() {
        return log;
    }

    /** Waits for the end; a process that is still there at the deadline is a failure. */
    int exitCode(Duration limit) {
        if (!hasEnded(limit)) {
            throw new IllegalStateException("still running after " + limit + "\n" + TextFile.tail(log));
        }
        return process.exitValue();
    }

    void terminate() {
        process.destroy();
    }

    /** Ends the process at once (SIGKILL), and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        if (!hasEnded(STOP)) {
            throw new IllegalStateException("still running after it was killed\n" + TextFile.tail(log));
        }
    }

    @Override
    public void close() {
        end(process);
    }

    /** Ends a process and those that it started. */
    static void end(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!hasEnded(process, STOP)) {
            process.destroyForcibly();
        }
        children.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    }

    private boolean hasEnded(Duration limit) {
        return hasEnded(process, limit);
    }

    private static boolean hasEnded(Process process, Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
