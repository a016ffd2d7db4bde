package dev.gatehouse.bootstrap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.gatehouse.plugin.PluginJar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class CheckConfigTest {

    @TempDir
    private Path home;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void home_withNothingInIt_isRight() throws IOException {
        assertThat(run("check-config", "--home=" + home)).isZero();

        assertThat(output())
                .startsWith(home.resolve("gatehouse.yaml") + " (not there: defaults): all right")
                .contains("chain    secure-context, origin, device-identity, token, pairing");
        try (Stream<Path> left = Files.list(home)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void config_withMistakes_isWrongAndEveryMistakeIsListed() throws IOException {
        Path plugins = Files.createDirectory(home.resolve("plugins"));
        Files.writeString(plugins.resolve("broken.jar"), "this is not a jar");
        Files.writeString(home.resolve("gatehouse.yaml"), "door: {handshake-timeout: never}\ndatabse: {}\n");

        assertThat(run("check-config", "--home=" + home)).isEqualTo(CheckConfig.WRONG);

        assertThat(output())
                .contains("3 problems", "door.handshake-timeout: 'never'", "databse: no such", "broken.jar");
    }

    @Test
    void candidate_besideTheHome_isCheckedWithItsOwnPlugins() throws IOException {
        Path candidate = Files.createDirectory(home.resolve("candidate"));
        PluginJar.of("hours").withCheck("hours", "Verdict.pass()").in(candidate);
        Path config = Files.writeString(
                candidate.resolve("next.yaml"),
                "admission: {chain: [{check: hours, mode: shadow, until: 2020-01-01}, token]}");

        int exitCode = run("check-config", "--home=" + home, "--config=" + config, "--plugins=" + candidate);

        assertThat(output()).contains("chain    hours (shadow), token", "warning  admission.chain: 'hours'");
        assertThat(exitCode).isZero();
    }

    @Test
    void command_thatIsNotUnderstood_saysHowItIsUsed() throws IOException {
        for (List<String> arguments : List.of(
                List.<String>of(),
                List.of("start"),
                List.of("check-config", "--colour=red"),
                List.of("check-config", "--home"),
                List.of("check-config", "--config=" + home.resolve("missing.yaml")))) {
            assertThat(run(arguments.toArray(String[]::new)))
                    .as("%s", arguments)
                    .isEqualTo(CheckConfig.MISUSED);
        }
        assertThat(output()).contains("usage: server-config/embedded/run check-config");
    }

    private int run(String... arguments) throws IOException {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new CheckConfig(Map.of(), Path.of("target", "plugins"), out).run(List.of(arguments));
    }

    private String output() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
