package dev.gatehouse.device;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What is left of the default database when its process is killed in the middle of a transaction. */
class DatabaseCrashTest {

    private static final int KILLS = 3;
    private static final int TRANSACTIONS = 25;

    @TempDir
    private Path folder;

    /** Some versions of H2 leave rows behind whose next change never ends. */
    @Test
    @Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void killedInTheMiddleOfATransaction_everyRowCanBeChangedAfterwards() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            killWhileItChanges();

            try (Connection connection = EndlessUpdates.connect(folder)) {
                assertThat(EndlessUpdates.tryAll(connection)).isEqualTo(EndlessUpdates.ROWS);
            }
        }
    }

    private void killWhileItChanges() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessUpdates.class.getName(),
                        folder.toString())
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
        try (BufferedReader output = process.inputReader()) {
            for (int transaction = 0; transaction < TRANSACTIONS; transaction++) {
                assertThat(output.readLine()).isEqualTo("changed");
            }
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
