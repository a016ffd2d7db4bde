package dev.gatehouse.plugin;

import java.nio.file.Path;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.gatehouse.plugin.Loading.VETO;
import static dev.gatehouse.plugin.Loading.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a plugin sees, and what it cannot do. */
class PluginIsolationTest {

    @TempDir
    private Path folder;

    private Loading loading;

    @BeforeEach
    void makeStore() {
        loading = new Loading(folder);
    }

    @Test
    void plugin_thatBundlesTheSpi_isHeardAllTheSame() {
        Path jar = PluginJar.of("hours")
                .withCheck("office-hours", VETO)
                .bundling(AdmissionCheckFactory.class, AdmissionCheck.class, Verdict.class, ConnectContext.class)
                .in(folder);

        assertVetoes(jar, "office-hours");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.gatehouse.plugin.PluginGeneration",
                "dev.gatehouse.admission.AdmissionChain",
                "jakarta.servlet.Servlet",
                "jakarta.persistence.EntityManager",
                "jakarta.enterprise.inject.spi.CDI",
                "com.fasterxml.jackson.databind.ObjectMapper",
                "org.objectweb.asm.ClassReader",
                "other.Secret"
            })
    void plugin_thatLooksForClassesOfOthers_findsNone(String name) {
        Path other = PluginJar.of("other")
                .withSource("other.Secret", "package other; public class Secret {}")
                .withCheck("other", VETO)
                .in(folder);
        Path spy = PluginJar.of("spy")
                .withSource("stranger.Spy", """
                        package stranger;
                        class Spy {
                            static boolean sees(String name) {
                                try { Class.forName(name); return true; } catch (ClassNotFoundException e) { return false; }
                            }
                        }
                        """)
                .withCheck("spy", "Spy.sees(\"" + name + "\") ? Verdict.pass() : " + VETO)
                .in(folder);

        try (PluginGeneration plugins = loading.load(other, spy)) {
            assertThat(ask(plugins, "spy")).isInstanceOf(Verdict.Veto.class);
        }
    }

    @Test
    void plugins_withTwoVersionsOfOneLibrary_workEachWithItsOwn() {
        Path one = withLibrary("one", "1.0");
        Path two = withLibrary("two", "2.0");

        try (PluginGeneration plugins = loading.load(one, two)) {
            assertThat(ask(plugins, "one")).isInstanceOf(Verdict.Veto.class);
            assertThat(ask(plugins, "two")).isInstanceOf(Verdict.Veto.class);
        }
    }

    /** Its check vetoes when class, resource, service and package of the library are all of its own version. */
    private Path withLibrary(String id, String version) {
        return PluginJar.of(id)
                .withManifest("Implementation-Version", version)
                .withSource("library.Named", "package library; public interface Named { String version(); }")
                .withSource("library.Library", """
                        package library;
                        public class Library implements Named {
                            public String version() { return "%s"; }
                        }
                        """.formatted(version))
                .withEntry("library/version.txt", version)
                .withEntry("library/strange name #1%.txt", version)
                .withEntry("META-INF/services/library.Named", "library.Library\n")
                .withSource("stranger.Versions", """
                        package stranger;
                        import java.io.*;
                        import java.util.*;
                        import library.*;
                        class Versions {
                            static boolean all(String version) {
                                try {
                                    return new Library().version().equals(version)
                                        && read("version.txt").equals(version)
                                        && read("strange name #1%.txt").equals(version)
                                        && Library.class.getResource("none.txt") == null
                                        && Versions.class.getResource("/dev/gatehouse/plugin/PluginGuard.class") == null
                                        && ServiceLoader.load(Named.class).findFirst().get().version().equals(version)
                                        && Collections.list(Library.class.getClassLoader()
                                               .getResources("library/version.txt")).size() == 1
                                        && Library.class.getPackage().getImplementationVersion().equals(version)
                                        && Library.class.getProtectionDomain().getCodeSource().getLocation() != null;
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            }
                            static String read(String name) throws IOException {
                                try (InputStream in = Library.class.getResource(name).openStream()) {
                                    return new String(in.readAllBytes());
                                }
                            }
                        }
                        """)
                .withCheck(id, "Versions.all(\"" + version + "\") ? " + VETO + " : Verdict.pass()")
                .in(folder);
    }

    @Test
    void jar_forSeveralReleasesOfJava_givesTheClassesOfThisOne() {
        Path newer = PluginJar.of("newer")
                .withSource("stranger.Release", "package stranger; class Release { static int is() { return 17; } }")
                .withCheck("newer", "Verdict.pass()")
                .in(folder);
        Path jar = PluginJar.of("releases")
                .withManifest("Multi-Release", "true")
                .withSource("stranger.Release", "package stranger; class Release { static int is() { return 8; } }")
                .withEntry("META-INF/versions/17/stranger/Release.class", entry(newer, "stranger/Release.class"))
                .withCheck("releases", "Release.is() == 17 ? " + VETO + " : Verdict.pass()")
                .in(folder);

        assertVetoes(jar, "releases");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.exit(3);",
                "Runtime.getRuntime().exit(3);",
                "Runtime.getRuntime().halt(3);",
                "java.util.function.IntConsumer end = System::exit; end.accept(3);",
                "java.util.function.IntConsumer end = Runtime.getRuntime()::halt; end.accept(3);",
                "java.util.function.BiConsumer<Runtime, Integer> end = Runtime::exit; end.accept(Runtime.getRuntime(), 3);"
            })
    void check_thatWouldEndTheServer_throwsInstead(String statement) {
        Path jar = PluginJar.of("end")
                .withSource(
                        "stranger.End",
                        "package stranger; class End { static boolean end() { " + statement + " return true; } }")
                .withCheck("end", "End.end() ? Verdict.pass() : Verdict.pass()")
                .in(folder);

        try (PluginGeneration plugins = loading.load(jar)) {
            assertThatThrownBy(() -> ask(plugins, "end"))
                    .isInstanceOf(SecurityException.class)
                    .hasMessageContaining("plugin 'end' called ");
        }
    }

    @Test
    void classes_withEveryKindOfJump_workAsWritten() {
        Path jar = PluginJar.of("jumps")
                .withSource("stranger.Jumps", """
                        package stranger;
                        class Jumps {
                            static int sum() {
                                int sum = 0;
                                for (int i = 0; i < 10; i++) { if (i %% 3 == 0) continue; sum += i; }
                                int j = 5;
                                do { sum += j; } while (--j > 0);
                                outer:
                                while (true) {
                                    switch (sum %% 4) {
                                        case 0: sum += 1; continue outer;
                                        case 1: sum += 2; continue outer;
                                        case 2: sum += 5; continue outer;
                                        default:
                                    }
                                    switch (sum) {
                                        case 1000: sum++; continue outer;
                                        case -70000: sum--; continue outer;
                                        default: break outer;
                                    }
                                }
                                for (String text : java.util.List.of("a", "bb")) {
                                    try { sum += text.length(); } finally { sum++; }
                                }
                                return sum;
                            }
                        }
                        """.replace("%%", "%"))
                .withCheck("jumps", "Jumps.sum() == " + sum() + " ? " + VETO + " : Verdict.pass()")
                .in(folder);

        assertVetoes(jar, "jumps");
    }

    private static int sum() {
        int sum = 1 + 2 + 4 + 5 + 7 + 8 + 5 + 4 + 3 + 2 + 1;
        while (sum % 4 != 3) {
            sum += sum % 4 == 0 ? 1 : sum % 4 == 1 ? 2 : 5;
        }
        return sum + 1 + 1 + 2 + 1;
    }

    private void assertVetoes(Path jar, String check) {
        try (PluginGeneration plugins = loading.load(jar)) {
            assertThat(ask(plugins, check)).isInstanceOf(Verdict.Veto.class);
        }
    }

    private static byte[] entry(Path jar, String name) {
        try (var file = new java.util.zip.ZipFile(jar.toFile())) {
            return file.getInputStream(file.getEntry(name)).readAllBytes();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
