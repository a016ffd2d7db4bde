package dev.gatehouse.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** A stock node host that runs until it is closed; what it prints is what its owner reads. */
record NodeHost(OwnProcess process, Path log) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern REQUEST = Pattern.compile("\\(requestId: ([^)]+)\\)");

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it says that it was refused for that, and returns the request's id. */
    String awaitRefusal(String why) {
        Optional<String> line = Await.value(
                PATIENCE,
                () -> TextFile.read(log)
                        .lines()
                        .filter(printed -> printed.contains(why))
                        .findFirst());
        assertThat(line).as(TextFile.tail(log)).isPresent();
        return TextFile.word(line.orElseThrow(), REQUEST);
    }

    void awaitText(String text) {
        assertThat(Await.until(PATIENCE, () -> TextFile.read(log).contains(text)))
                .as(text + " in " + TextFile.tail(log))
                .isTrue();
    }

    /** Waits until it has come in that many times. */
    void awaitConnects(int times) {
        assertThat(Await.until(PATIENCE, () -> connects() >= times))
                .as(TextFile.tail(log))
                .isTrue();
        assertThat(connects()).isEqualTo(times);
    }

    /** How many times it came in. */
    long connects() {
        return TextFile.read(log)
                .lines()
                .filter(line -> line.contains("node host gateway connected:"))
                .count();
    }

    /** Waits until it ends by itself, and returns how. */
    int exitCode() {
        return process.exitCode(PATIENCE);
    }

    @Override
    public void close() {
        process.close();
    }
}
