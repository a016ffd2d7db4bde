package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.gatehouse.chain.Candidate;
import dev.gatehouse.chain.ChainGeneration;
import dev.gatehouse.chain.FolderSight;
import dev.gatehouse.chain.RegistryDoors;
import dev.gatehouse.config.Home;
import dev.gatehouse.plugin.JarStore;
import dev.gatehouse.plugin.PluginGeneration;
import dev.gatehouse.plugin.PluginTrust;
import dev.gatehouse.spi.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Keeps docs/configuration.md in step with the settings records. */
class ConfigurationReferenceTest {

    private static final List<Path> BUNDLED = FolderSight.jarsIn(Path.of("target", "plugins"));
    /** Names the plugins' modules, because the WAR takes their jars without depending on them. */
    private static final String REGENERATE = "mvn package -am -pl gateway-war,auth-plugins/secure-context,"
            + "auth-plugins/origin,auth-plugins/network,auth-plugins/token,auth-plugins/pairing -Dgatehouse.docs.update=true"
            + " -Dtest=ConfigurationReferenceTest -Dsurefire.failIfNoSpecifiedTests=false";

    @TempDir
    private Path folder;

    @Test
    void reference_isWhatTheRecordsSay() throws IOException {
        String generated;
        try (PluginGeneration plugins = bundled()) {
            generated = new ConfigurationReference(plugins).text();
        }
        if (Boolean.getBoolean("gatehouse.docs.update")) {
            Files.writeString(ConfigurationReference.FILE, generated);
        }

        assertThat(ConfigurationReference.FILE)
                .as("docs/configuration.md is not what the settings records say; run: %s", REGENERATE)
                .content()
                .isEqualTo(generated);
    }

    @Test
    void settings_areDescribedInOneSentence() {
        try (PluginGeneration plugins = bundled()) {
            assertThat(new ConfigurationReference(plugins).settings())
                    .hasSizeGreaterThan(10)
                    .allSatisfy(setting -> assertThat(setting.getAnnotation(Setting.class))
                            .extracting(Setting::about)
                            .asString()
                            .matches("[A-Z].*[^.]\\.")
                            .doesNotContainPattern("\\. [A-Z]"));
        }
    }

    private PluginGeneration bundled() {
        return PluginGeneration.load(
                BUNDLED, List.of(), PluginTrust.everything(), new JarStore(folder.resolve("jars")));
    }

    @Test
    void example_isAConfigToStartWith() throws IOException {
        Home home = new Home(folder);
        Files.writeString(home.config(), Files.readString(ConfigurationReference.EXAMPLE));
        Files.writeString(
                Files.createDirectory(folder.resolve("secrets")).resolve("shared-token"), "a long random text");
        Map<String, String> environment = Map.of("GATEHOUSE_DB_PASSWORD", "hidden");
        Preparation preparation = new Preparation(
                home,
                home.config(),
                environment,
                BUNDLED,
                new FirstStart(home.gatewayToken(), new SecureRandom()),
                home.loadedPlugins(),
                new RegistryDoors(),
                Duration.ZERO,
                Clock.systemUTC());
        ConfigInForce config = new ConfigInForce();

        Candidate candidate = preparation.prepare(config::set);
        try (ChainGeneration generation = candidate.generation()) {
            candidate.whenInForce().run();
            assertThat(generation.chain().names()).hasSize(5);
            assertThat(config.get().devices().pendingTtl()).isEqualTo(Duration.ofHours(12));
            assertThat(config.get().database().password()).isPresent();
        }
    }
}
