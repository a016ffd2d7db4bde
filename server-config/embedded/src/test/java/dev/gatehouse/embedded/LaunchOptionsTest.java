package dev.gatehouse.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LaunchOptionsTest {

    @TempDir
    Path folder;

    private String war = "";

    @BeforeEach
    void makeWar() throws IOException {
        war = Files.createFile(folder.resolve("gate house.war")).toString();
    }

    @Test
    void options_nothingButTheWar_areLoopbackAndTheUsualPort() {
        LaunchOptions options = LaunchOptions.parse(List.of("--war", war), Map.of());

        assertThat(options).isEqualTo(new LaunchOptions("127.0.0.1", 18789, Path.of(war)));
    }

    @Test
    void options_environment_replacesTheDefaults() {
        Map<String, String> environment = Map.of("GATEHOUSE_LISTEN_HOST", "::1", "GATEHOUSE_LISTEN_PORT", "9000");

        LaunchOptions options = LaunchOptions.parse(List.of("--war=" + war), environment);

        assertThat(options).isEqualTo(new LaunchOptions("::1", 9000, Path.of(war)));
    }

    @Test
    void options_arguments_winOverTheEnvironment() {
        Map<String, String> environment = Map.of("GATEHOUSE_LISTEN_HOST", "::1", "GATEHOUSE_LISTEN_PORT", "9000");

        LaunchOptions options =
                LaunchOptions.parse(List.of("--war", war, "--host=0.0.0.0", "--port", "80"), environment);

        assertThat(options).isEqualTo(new LaunchOptions("0.0.0.0", 80, Path.of(war)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "http", "123456"})
    void options_portOutOfRange_failNamingIt(String port) {
        assertThatExceptionOfType(LaunchFailure.class)
                .isThrownBy(() -> LaunchOptions.parse(List.of("--war", war, "--port", port), Map.of()))
                .withMessage("'" + port + "' is not a port; use a number from 1 to 65535");
    }

    @Test
    void options_unknownArgument_failNamingIt() {
        assertThatExceptionOfType(LaunchFailure.class)
                .isThrownBy(() -> LaunchOptions.parse(List.of("--war", war, "--prot=80"), Map.of()))
                .withMessageStartingWith("unknown argument '--prot=80'; usage: ");
    }

    @Test
    void options_argumentWithoutValue_failNamingIt() {
        assertThatExceptionOfType(LaunchFailure.class)
                .isThrownBy(() -> LaunchOptions.parse(List.of("--war", war, "--port"), Map.of()))
                .withMessageStartingWith("argument '--port' has no value; usage: ");
    }

    @Test
    void options_noWar_failNamingIt() {
        assertThatExceptionOfType(LaunchFailure.class)
                .isThrownBy(() -> LaunchOptions.parse(List.of(), Map.of()))
                .withMessageStartingWith("no war given; usage: ");
    }

    @Test
    void options_warNotBuilt_failWithTheCommandThatBuildsIt() {
        String missing = folder.resolve("missing.war").toString();

        assertThatExceptionOfType(LaunchFailure.class)
                .isThrownBy(() -> LaunchOptions.parse(List.of("--war", missing), Map.of()))
                .withMessage("no WAR file at '" + missing + "'; build it with: mvn package");
    }
}
