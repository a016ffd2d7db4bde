package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import dev.gatehouse.chain.FolderSight;
import dev.gatehouse.config.Home;
import dev.gatehouse.plugin.PluginJar;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.TemporarilyUnavailable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Starts gateways on the plugins that the build bundles into the WAR. */
class GatewayStartTest {

    private static final List<Path> BUNDLED = FolderSight.jarsIn(Path.of("target", "plugins"));

    @TempDir
    private Path folder;

    private Home home;

    @BeforeEach
    void home() {
        home = new Home(folder.resolve("home"));
    }

    @Test
    void gateway_withoutAnyConfig_startsWithTheDefaultChain() {
        try (Gateway gateway = start(Map.of())) {
            assertThat(gateway.chain().names())
                    .containsExactly("secure-context", "origin", "device-identity", "token", "pairing");
        }
    }

    @Test
    void firstStart_makesItsSecretsForItsOwnerAlone() throws IOException {
        String key;
        try (Gateway gateway = start(Map.of())) {
            key = Files.readString(home.apiKey()).strip();
            assertThat(gateway.apiKeys().verify(Secret.of(key))).isPresent();
        }

        assertThat(Files.readString(home.gatewayToken()).strip()).hasSize(43);
        for (Path file : List.of(home.apiKey(), home.gatewayToken())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.data())))
                .isEqualTo("rwx------");
    }

    @Test
    void secondStart_keepsSecretsAndKeys() throws IOException {
        start(Map.of()).close();
        String token = Files.readString(home.gatewayToken());
        String key = Files.readString(home.apiKey()).strip();

        try (Gateway gateway = start(Map.of())) {
            assertThat(gateway.apiKeys().verify(Secret.of(key))).isPresent();
        }
        assertThat(Files.readString(home.gatewayToken())).isEqualTo(token);
    }

    @Test
    void start_withSeveralMistakes_reportsThemAllAtOnce() throws IOException {
        configure("""
                admission:
                  chain: [origin, office-hours, token]
                  check-deadlin: 1s
                door:
                  handshake-timeout: never
                """);

        assertThat(problems(Map.of("GATEHOUSE_DEVICES_PENDING_MAX", "0")))
                .anySatisfy(problem -> assertThat(problem).startsWith("admission.check-deadlin: no such setting"))
                .anySatisfy(
                        problem -> assertThat(problem).startsWith("admission.chain: no loaded plugin provides 'office"))
                .anySatisfy(problem -> assertThat(problem).startsWith("door.handshake-timeout: 'never'"))
                .anySatisfy(problem -> assertThat(problem).startsWith("devices.pending-max"));
    }

    @Test
    void start_withACheckThatNoPluginProvides_saysWhatIsLoaded() throws IOException {
        configure("""
                admission:
                  chain: [origin, office-hours, token]
                checks:
                  origin: {allowed-origins: ["not an origin"], colour: blue}
                  token: {mode: password}
                  ldap: {url: x}
                """);

        assertThat(problems(Map.of("GATEHOUSE_TYPO", "x")))
                .anySatisfy(problem -> assertThat(problem)
                        .isEqualTo("admission.chain: no loaded plugin provides 'office-hours' (loaded:"
                                + " device-identity, network, origin, pairing, secure-context, token); copy its plugin into plugins/"
                                + " or remove the name"))
                .anySatisfy(problem -> assertThat(problem).startsWith("checks.origin.colour: no such setting"))
                .anySatisfy(problem -> assertThat(problem).startsWith("checks.token.password: "))
                .anySatisfy(problem -> assertThat(problem).startsWith("checks.ldap: no loaded plugin"))
                .anySatisfy(problem -> assertThat(problem).startsWith("environment: 'GATEHOUSE_TYPO'"));
    }

    @Test
    void start_withAnEmptyChain_isRefused() throws IOException {
        configure("admission: {chain: []}");

        assertThat(problems(Map.of()))
                .singleElement()
                .asString()
                .startsWith("admission.chain: is empty, and such a chain admits nobody");
    }

    @Test
    void start_withACheckNamedTwice_isRefused() throws IOException {
        configure("admission: {chain: [token, token]}");

        assertThat(problems(Map.of()))
                .anySatisfy(problem -> assertThat(problem).contains("names the check 'token' twice"));
    }

    @Test
    void start_withSomethingElseThanAMapping_isRefused() throws IOException {
        configure("- just\n- a list\n");

        assertThat(problems(Map.of())).singleElement().asString().contains("not a YAML mapping");
    }

    @Test
    void plugin_ofAStranger_isLoadedLikeTheBundledOnes() throws IOException {
        Files.createDirectories(home.plugins());
        PluginJar.of("hours").withCheck("office-hours", "Verdict.pass()").in(home.plugins());
        configure("admission: {chain: [office-hours, token]}");

        try (Gateway gateway = start(Map.of())) {
            assertThat(gateway.chain().names()).containsExactly("office-hours", "token");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing\n",
                "---\n",
                "--- # nothing\n...\n",
                "~",
                "admission:\nchecks:\n",
                "checks:\n  token:\n    # mode: password\n"
            })
    void start_withNothingSaid_hasTheDefaults(String yaml) throws IOException {
        configure(yaml);

        try (Gateway gateway = start(Map.of())) {
            assertThat(gateway.chain().names()).hasSize(5);
        }
    }

    @Test
    void secret_inAVariableThatLooksLikeASetting_isNoUnknownSetting() throws IOException {
        configure("checks: {token: {token: 'env:GATEHOUSE_TOKEN'}}");

        try (Gateway gateway = start(Map.of("GATEHOUSE_TOKEN", "a long random text"))) {
            assertThat(gateway.chain().names()).contains("token");
        }
        assertThat(home.gatewayToken()).doesNotExist();
    }

    @Test
    void start_withoutItsDatabase_fails() {
        Map<String, String> nowhere = Map.of("GATEHOUSE_DATABASE_URL", "jdbc:h2:tcp://127.0.0.1:1/gone");

        assertThatThrownBy(() -> start(nowhere)).isInstanceOf(TemporarilyUnavailable.class);
    }

    private Gateway start(Map<String, String> environment) {
        return Gateway.start(home, environment, BUNDLED, Clock.systemUTC());
    }

    private List<String> problems(Map<String, String> environment) {
        try (Gateway gateway = start(environment)) {
            throw new AssertionError("started with " + gateway.chain().names());
        } catch (StartupFailed e) {
            return e.problems();
        }
    }

    private void configure(String yaml) throws IOException {
        Files.createDirectories(home.root());
        Files.writeString(home.config(), yaml);
    }
}
