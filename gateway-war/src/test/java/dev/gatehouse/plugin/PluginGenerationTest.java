package dev.gatehouse.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.testkit.FakeCheckSetup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PluginGenerationTest {

    private static final String VETO =
            "Verdict.veto(VetoReason.of(\"OFFICE_CLOSED\", VetoReason.Effect.COME_BACK_LATER, \"office is closed\"))";

    @TempDir
    private Path folder;

    @Test
    void plugin_inAJar_providesItsCheck() {
        Path jar = PluginJar.of("hours").withCheck("office-hours", VETO).in(folder);

        try (PluginGeneration plugins = PluginGeneration.load(List.of(jar))) {
            assertThat(plugins.names()).containsExactly("office-hours");
            assertThat(ask(plugins, "office-hours")).isInstanceOf(Verdict.Veto.class);
        }
    }

    @Test
    void plugin_thatBundlesTheSpi_isHeardAllTheSame() {
        Path jar = PluginJar.of("hours")
                .withCheck("office-hours", VETO)
                .bundling(AdmissionCheckFactory.class, AdmissionCheck.class, Verdict.class, ConnectContext.class)
                .in(folder);

        try (PluginGeneration plugins = PluginGeneration.load(List.of(jar))) {
            assertThat(ask(plugins, "office-hours")).isInstanceOf(Verdict.Veto.class);
        }
    }

    @Test
    void plugin_thatLooksForClassesOfTheGateway_findsNone() {
        String anyIsThere = """
                java.util.stream.Stream.of(
                        "dev.gatehouse.admission.AdmissionChain",
                        "jakarta.servlet.Servlet",
                        "com.fasterxml.jackson.databind.ObjectMapper")
                    .anyMatch(name -> {
                        try { Class.forName(name); return true; } catch (ClassNotFoundException e) { return false; }
                    })""";
        Path jar = PluginJar.of("spy")
                .withCheck("spy", anyIsThere + " ? Verdict.pass() : " + VETO)
                .in(folder);

        try (PluginGeneration plugins = PluginGeneration.load(List.of(jar))) {
            assertThat(ask(plugins, "spy")).isInstanceOf(Verdict.Veto.class);
        }
    }

    @Test
    void plugin_withoutExtensionIndex_isAProblem() {
        Path jar = PluginJar.of("hours")
                .withCheck("office-hours", VETO)
                .withoutIndex()
                .in(folder);

        assertThatThrownBy(() -> PluginGeneration.load(List.of(jar)))
                .isInstanceOfSatisfying(
                        UnusablePlugins.class,
                        e -> assertThat(e.problems())
                                .singleElement()
                                .asString()
                                .contains("plugin 'hours' provides no check", "META-INF/extensions.idx"));
    }

    @Test
    void jars_thatAreNoPlugins_areReportedTogether() throws IOException {
        Path undescribed = PluginJar.of("nobody").withoutDescription().in(folder);
        Path noJar = Files.writeString(folder.resolve("broken.jar"), "this is not a jar");

        assertThatThrownBy(() -> PluginGeneration.load(List.of(undescribed, noJar)))
                .isInstanceOfSatisfying(
                        UnusablePlugins.class,
                        e -> assertThat(e.problems())
                                .hasSize(2)
                                .anySatisfy(problem -> assertThat(problem).startsWith(undescribed.toString()))
                                .anySatisfy(problem -> assertThat(problem).startsWith(noJar.toString())));
    }

    @Test
    void checks_ofOneNameInTwoPlugins_areAProblem() {
        Path one = PluginJar.of("one").withCheck("same", VETO).in(folder);
        Path two = PluginJar.of("two").withCheck("same", VETO).in(folder);

        assertThatThrownBy(() -> PluginGeneration.load(List.of(one, two)))
                .isInstanceOf(UnusablePlugins.class)
                .hasMessageContaining("'same' is provided by another plugin as well");
    }

    @Test
    void jar_ofAClosedGeneration_isLetGo() throws IOException {
        Path jar = PluginJar.of("hours").withCheck("office-hours", VETO).in(folder);

        PluginGeneration.load(List.of(jar)).close();

        try (var handles = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(handles.map(PluginGenerationTest::target)).doesNotContain(jar.toString());
        }
    }

    private static Verdict ask(PluginGeneration plugins, String check) {
        return plugins.factory(check)
                .orElseThrow()
                .create(FakeCheckSetup.withDefaults())
                .atConnect(ConnectFixture.cli().connect());
    }

    private static String target(Path handle) {
        try {
            return Files.readSymbolicLink(handle).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
