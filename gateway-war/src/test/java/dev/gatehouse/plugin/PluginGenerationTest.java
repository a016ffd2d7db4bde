package dev.gatehouse.plugin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.gatehouse.plugin.Loading.VETO;
import static dev.gatehouse.plugin.Loading.ask;
import static dev.gatehouse.plugin.Loading.makeCheck;
import static org.assertj.core.api.Assertions.assertThat;

class PluginGenerationTest {

    @TempDir
    private Path folder;

    private Loading loading;

    @BeforeEach
    void makeStore() {
        loading = new Loading(folder);
    }

    @Test
    void plugin_inAJar_providesItsCheck() {
        Path jar = PluginJar.of("hours").withCheck("office-hours", VETO).in(folder);

        try (PluginGeneration plugins = loading.load(jar)) {
            assertThat(plugins.names()).containsExactly("office-hours");
            assertThat(ask(plugins, "office-hours")).isInstanceOf(Verdict.Veto.class);
        }
    }

    @Test
    void plugin_thatIsLoaded_saysWhatItIs() throws IOException {
        Path jar = PluginJar.of("hours")
                .withManifest("Plugin-Requires", ">=0.1.0 & <0.2.0")
                .withManifest("Plugin-Provider", "Ada")
                .withCheck("office-hours", VETO)
                .withCheck("holidays", VETO)
                .in(folder);

        try (PluginGeneration plugins = loading.load(jar)) {
            assertThat(plugins.plugins()).singleElement().satisfies(facts -> {
                assertThat(facts.id()).isEqualTo("hours");
                assertThat(facts.version()).isEqualTo("1.0.0");
                assertThat(facts.requires()).isEqualTo(">=0.1.0 & <0.2.0");
                assertThat(facts.provider()).isEqualTo("Ada");
                assertThat(facts.fileName()).isEqualTo("hours.jar");
                assertThat(facts.sha256()).matches("[0-9a-f]{64}");
                assertThat(facts.size()).isEqualTo(Files.size(jar));
                assertThat(facts.bundled()).isFalse();
                assertThat(facts.signers()).isEmpty();
                assertThat(facts.checks()).containsExactly("holidays", "office-hours");
            });
            assertThat(plugins.providers()).extracting(CheckProvider::name).containsExactly("holidays", "office-hours");
        }
    }

    @Test
    void factory_thatDeclaresSettings_isHeard() {
        Path jar = PluginJar.of("hours").withFactory("""
                        public record Hours(int from) {}
                        public String name() { return "hours"; }
                        @Override public java.util.Optional<Class<? extends Record>> settings() {
                            return java.util.Optional.of(Hours.class);
                        }
                        public AdmissionCheck create(CheckSetup setup) { return new AdmissionCheck() {}; }
                        """).in(folder);

        try (PluginGeneration plugins = loading.load(jar)) {
            assertThat(plugins.provider("hours").orElseThrow().settings())
                    .hasValueSatisfying(type -> assertThat(type.getSimpleName()).isEqualTo("Hours"));
        }
    }

    @Test
    void check_thatIsMade_overridesTheStagesThatThePluginExamines() throws ReflectiveOperationException {
        Path jar = PluginJar.of("hours").withCheck("office-hours", VETO).in(folder);

        try (PluginGeneration plugins = loading.load(jar)) {
            Class<?> type = makeCheck(plugins, "office-hours").getClass();
            assertThat(type.getMethod("atConnect", ConnectContext.class).getDeclaringClass())
                    .isNotEqualTo(AdmissionCheck.class);
            assertThat(type.getMethod("atUpgrade", UpgradeContext.class).getDeclaringClass())
                    .isEqualTo(AdmissionCheck.class);
        }
    }

    @Test
    void calls_intoAPlugin_carryItsClassLoader() {
        String own = "Thread.currentThread().getContextClassLoader() == Factory0.class.getClassLoader()";
        Path jar = PluginJar.of("loader").withFactory("""
                        static void require(boolean right) { if (!right) throw new IllegalStateException("wrong loader"); }
                        static { require(%1$s); }
                        public Factory0() { require(%1$s); }
                        public String name() { require(%1$s); return "loader"; }
                        public AdmissionCheck create(CheckSetup setup) {
                            require(%1$s);
                            return new AdmissionCheck() {
                                @Override public Verdict atConnect(ConnectContext context) { require(%1$s); return %2$s; }
                                @Override public void close() { require(%1$s); }
                            };
                        }
                        """.formatted(own, VETO)).in(folder);
        ClassLoader before = Thread.currentThread().getContextClassLoader();

        try (PluginGeneration plugins = loading.load(jar)) {
            assertThat(ask(plugins, "loader")).isInstanceOf(Verdict.Veto.class);
            makeCheck(plugins, "loader").close();
        }

        assertThat(Thread.currentThread().getContextClassLoader()).isEqualTo(before);
    }

    @Test
    void jar_thatIsOverwrittenOrReplacedWhileLoaded_goesOnAsItWasLoaded() throws IOException {
        Path jar = PluginJar.of("lazy")
                .withSource(
                        "stranger.Late", "package stranger; class Late { static final Object THERE = new Object(); }")
                .withCheck("lazy", "Late.THERE == null ? Verdict.pass() : " + VETO)
                .in(folder);

        try (PluginGeneration plugins = loading.load(jar)) {
            Files.write(jar, "not a jar any more".getBytes(StandardCharsets.UTF_8));
            Path other =
                    PluginJar.of("other").withCheck("lazy", "Verdict.pass()").in(folder);
            Files.move(other, jar, StandardCopyOption.REPLACE_EXISTING);

            assertThat(ask(plugins, "lazy")).isInstanceOf(Verdict.Veto.class);
        }
    }

    @Test
    void jar_thatTwoGenerationsUse_staysUntilTheSecondIsClosed() {
        Path jar = PluginJar.of("lazy")
                .withSource(
                        "stranger.Late", "package stranger; class Late { static final Object THERE = new Object(); }")
                .withCheck("lazy", "Late.THERE == null ? Verdict.pass() : " + VETO)
                .in(folder);
        PluginGeneration old = loading.load(jar);
        PluginGeneration successor = loading.load(jar);

        old.close();

        assertThat(ask(successor, "lazy")).isInstanceOf(Verdict.Veto.class);
        successor.close();
        loading.assertNothingStays();
    }

    @Test
    void generation_thatIsClosed_providesNothing() {
        PluginGeneration plugins = loading.load(
                PluginJar.of("hours").withCheck("office-hours", VETO).in(folder));

        plugins.close();
        plugins.close();

        assertThat(plugins.providers()).isEmpty();
        assertThat(plugins.plugins()).isEmpty();
        assertThat(plugins.leftovers()).isEmpty();
        loading.assertNothingStays();
    }

    @Test
    void bundledJars_areMarkedAsSuch() {
        Path bundled = PluginJar.of("ours").withCheck("ours", VETO).in(folder);
        Path dropped = PluginJar.of("theirs").withCheck("theirs", VETO).in(folder);

        try (PluginGeneration plugins = loading.load(List.of(bundled), List.of(dropped))) {
            assertThat(plugins.plugins()).extracting(PluginFacts::bundled).containsExactly(true, false);
        }
    }
}
