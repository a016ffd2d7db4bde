package dev.gatehouse.plugin;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import dev.gatehouse.spi.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.gatehouse.plugin.Loading.VETO;
import static dev.gatehouse.plugin.Loading.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Files that are refused before anything in them is run, each named beside the others. */
class UnusableJarsTest {

    @TempDir
    private Path folder;

    private Loading loading;
    private Path good;

    @BeforeEach
    void makeStore() {
        loading = new Loading(folder);
        good = PluginJar.of("good").withCheck("good", VETO).in(folder);
    }

    @Test
    void jars_thatAreNoPlugins_areReportedTogether() throws IOException {
        byte[] whole = Files.readAllBytes(good);
        Path undescribed = PluginJar.of("nobody").withoutDescription().in(folder);
        Path noJar = Files.writeString(folder.resolve("text.jar"), "this is not a jar");
        Path empty = Files.write(folder.resolve("empty.jar"), new byte[0]);
        Path cut = Files.write(folder.resolve("cut.jar"), Arrays.copyOf(whole, whole.length / 2));
        Path huge = folder.resolve("huge.jar");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(200L * 1024 * 1024);
        }
        Path missing = folder.resolve("missing.jar");

        loading.assertProblems(undescribed, good, noJar, empty, cut, huge, missing)
                .satisfiesExactly(
                        problem -> assertThat(problem)
                                .startsWith(undescribed + ": is no plugin: ")
                                .contains("Plugin-Id"),
                        problem -> assertThat(problem).startsWith(noJar + ": is no whole jar: "),
                        problem -> assertThat(problem).startsWith(empty + ": is no whole jar: "),
                        problem -> assertThat(problem).startsWith(cut + ": is no whole jar: "),
                        problem -> assertThat(problem).startsWith(huge + ": has 209715200 bytes"),
                        problem -> assertThat(problem).startsWith(missing + ": is not a file"));
        assertLoads(good);
    }

    @Test
    void jar_withAFlippedByte_isRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(good);
        int compressedClass = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(".class") + 200;
        bytes[compressedClass] ^= 0x55;
        Path corrupt = Files.write(folder.resolve("corrupt.jar"), bytes);

        loading.assertProblems(corrupt)
                .singleElement()
                .asString()
                .startsWith(corrupt + ": is damaged: the entry 'stranger/Factory0");
    }

    @Test
    void jar_withTwoEntriesOfOneName_isRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(PluginJar.of("twice")
                .withEntry("first.txt", "1")
                .withEntry("other.txt", "2")
                .withCheck("twice", VETO)
                .in(folder));
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("other.txt", "first.txt");
        Path twice = Files.write(folder.resolve("twice.jar"), text.getBytes(StandardCharsets.ISO_8859_1));

        loading.assertProblems(twice)
                .singleElement()
                .asString()
                .startsWith(twice + ": has two entries of one name, 'first.txt'");
    }

    @Test
    void jar_whoseManifestUnpacksToFarMore_isRefused() {
        Path bomb = PluginJar.of("bomb")
                .withEntry("META-INF/BOMB.SF", new byte[17 * 1024 * 1024])
                .withCheck("bomb", VETO)
                .in(folder);

        loading.assertProblems(bomb).singleElement().asString().startsWith(bomb + ": has an entry 'META-INF/BOMB.SF'");
    }

    @Test
    void jar_whoseNamesLeadOutOfIt_isHarmless() {
        Path jar = PluginJar.of("slip")
                .withEntry("../../slipped.txt", "out")
                .withEntry("/tmp/slipped.txt", "out")
                .withCheck("slip", VETO)
                .in(folder);

        assertLoads(jar);
        assertThat(folder).isDirectoryNotContaining("glob:**slipped*");
        assertThat(folder.resolveSibling("slipped.txt")).doesNotExist();
    }

    @Test
    void jars_ofOneId_areAProblemThatNamesBoth() {
        Path one = PluginJar.of("same").withCheck("one", VETO).named("one.jar").in(folder);
        Path two = PluginJar.of("same").withCheck("two", VETO).named("two.jar").in(folder);

        loading.assertProblems(one, good, two)
                .containsExactly(two + ": has the Plugin-Id 'same', as " + one + " has; remove one of the two");
    }

    @Test
    void jars_thatHoldClassesOfOneName_workEachWithItsOwn() {
        Path other = PluginJar.of("other").withCheck("other", VETO).in(folder);

        try (PluginGeneration plugins = loading.load(good, other)) {
            assertThat(ask(plugins, "good")).isInstanceOf(Verdict.Veto.class);
            assertThat(ask(plugins, "other")).isInstanceOf(Verdict.Veto.class);
            assertThat(Loading.classLoader(plugins, "good")).isNotSameAs(Loading.classLoader(plugins, "other"));
        }
    }

    static Stream<Arguments> manifests() {
        return Stream.of(
                arguments("Plugin-Id", "../evil", "names the Plugin-Id '../evil'"),
                arguments("Plugin-Id", "a".repeat(65), "at most 64"),
                arguments("Plugin-Version", "1".repeat(201), "at most 200 characters"),
                arguments("Plugin-Provider", "x".repeat(201), "at most 200 characters"),
                arguments("Plugin-Dependencies", "good", "names Plugin-Dependencies"),
                arguments(
                        "Plugin-Requires",
                        ">=2.0.0",
                        "requires version '>=2.0.0' of the plugin API, and this gateway has 0.1.0"),
                arguments("Plugin-Requires", "0.0.9 - 0.0.10", "and this gateway has 0.1.0"),
                arguments("Plugin-Requires", "0.2.0", "requires version '0.2.0'"),
                arguments("Plugin-Requires", "newest please", "'newest please', which is no range of versions"),
                arguments("Plugin-Requires", ">=", "'>=', which is no range of versions"));
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void manifest_thatDoesNotFit_isAProblem(String attribute, String value, String problem) {
        Path bad = PluginJar.of("bad")
                .withManifest(attribute, value)
                .withCheck("bad", VETO)
                .in(folder);

        loading.assertProblems(good, bad)
                .singleElement()
                .asString()
                .startsWith(bad + ": ")
                .contains(problem);
        assertLoads(good);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "0.1.0", ">=0.1.0", ">=0.1.0 & <0.2.0", "0.1.x", "~0.1.0", " "})
    void manifest_whoseRangeHoldsThisVersion_isAccepted(String range) {
        assertLoads(PluginJar.of("fits")
                .withManifest("Plugin-Requires", range)
                .withCheck("fits", VETO)
                .in(folder));
    }

    private void assertLoads(Path jar) {
        try (PluginGeneration plugins = loading.load(jar)) {
            assertThat(ask(plugins, plugins.names().get(0))).isInstanceOf(Verdict.Veto.class);
        }
    }
}
