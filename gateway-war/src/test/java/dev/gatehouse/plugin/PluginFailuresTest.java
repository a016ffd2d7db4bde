package dev.gatehouse.plugin;

import java.nio.file.Path;
import java.util.stream.Stream;

import dev.gatehouse.spi.InvalidSettings;
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
import static dev.gatehouse.plugin.Loading.makeCheck;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Plugins whose code does not do what it should while they are loaded, made and closed. */
class PluginFailuresTest {

    private static final String NAME = "public String name() { return \"bad\"; }\n";
    private static final String CREATE =
            "public AdmissionCheck create(CheckSetup setup) { return new AdmissionCheck() {}; }\n";
    private static final String FOR_EVER = "while (true) { }";

    @TempDir
    private Path folder;

    private Loading loading;

    @BeforeEach
    void makeStore() {
        loading = new Loading(folder);
    }

    static Stream<Arguments> factories() {
        return Stream.of(
                arguments(
                        "public Factory0() { throw new IllegalStateException(\"no luck\"); }" + NAME,
                        "java.lang.IllegalStateException: no luck"),
                arguments(
                        "static final int X = Integer.parseInt(\"none\");" + NAME,
                        "java.lang.NumberFormatException: For input string: \"none\""),
                arguments("public Factory0(int unexpected) {}" + NAME, "java.lang.NoSuchMethodException"),
                arguments("private Factory0() {}" + NAME, "java.lang.NoSuchMethodException"),
                arguments("public String name() { return name(); }", "java.lang.StackOverflowError"),
                arguments(
                        "public String name() { return \"\" + new long[Integer.MAX_VALUE].length; }",
                        "java.lang.OutOfMemoryError"),
                arguments("public String name() { System.exit(1); return \"bad\"; }", "called System.exit(1)"),
                arguments("public String name() { return null; }", "returns null from name()"),
                arguments("public String name() { return \"\"; }", "a check of the name ''"),
                arguments("public String name() { return \"Office Hours\"; }", "a check of the name 'Office Hours'"),
                arguments("public String name() { return \"a\\nb\"; }", "a check of the name 'a b'"),
                arguments("public String name() { return \"a-\" + \"b\".repeat(63); }", "at most 64 characters"),
                arguments(
                        NAME
                                + "@Override public java.util.Optional<Class<? extends Record>> settings() { return null; }",
                        "returns null from settings()"));
    }

    @ParameterizedTest
    @MethodSource("factories")
    void factory_thatFails_isAProblemThatNamesJarPluginAndCause(String members, String cause) {
        Path bad = PluginJar.of("bad").withFactory(members + CREATE).in(folder);
        Path good = PluginJar.of("good").withCheck("good", VETO).in(folder);

        loading.assertProblems(good, bad)
                .singleElement()
                .asString()
                .startsWith(bad + ": plugin 'bad' ")
                .contains(cause, "Factory0")
                .doesNotContain("\n");
        assertLoads(good);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "static { if (true) " + FOR_EVER + " }" + NAME,
                "public Factory0() { " + FOR_EVER + " }" + NAME,
                "public String name() { " + FOR_EVER + " }"
            })
    void factory_thatHangs_isInterruptedAndAProblem(String members) {
        Path bad = PluginJar.of("bad").withFactory(members + CREATE).in(folder);
        Path good = PluginJar.of("good").withCheck("good", VETO).in(folder);

        loading.impatiently()
                .assertProblems(bad, good)
                .singleElement()
                .asString()
                .startsWith(bad + ": plugin 'bad' did not make its factory stranger.Factory0 in 300 ms");
        assertThat(Loading.isAlive("gatehouse-plugin-bad")).isFalse();
        assertLoads(good);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Override public void start() { throw new IllegalStateException(\"no luck\"); }",
                "public Lifecycle() { throw new IllegalStateException(\"no luck\"); }",
                "static { if (true) throw new IllegalStateException(\"no luck\"); }",
                "@Override public void start() { throw new NoClassDefFoundError(\"no luck\"); }",
                "public Lifecycle(String unexpected) {} static { if (true) throw new IllegalStateException(\"no luck\"); }"
            })
    void pluginClass_thatFailsToStart_isAProblem(String members) {
        Path bad = PluginJar.of("bad")
                .withPluginClass(members)
                .withCheck("bad", VETO)
                .in(folder);

        loading.assertProblems(bad)
                .singleElement()
                .asString()
                .startsWith(bad + ": plugin 'bad' threw ")
                .contains("when it was to start")
                .containsAnyOf("no luck", "NoSuchMethodException");
    }

    @Test
    void pluginClass_thatHangsInItsStart_isAProblem() {
        Path bad = PluginJar.of("bad")
                .withPluginClass("@Override public void start() { " + FOR_EVER + " }")
                .withCheck("bad", VETO)
                .in(folder);

        loading.impatiently()
                .assertProblems(bad)
                .singleElement()
                .asString()
                .startsWith(bad + ": plugin 'bad' did not start in 300 ms");
    }

    @Test
    void classes_thatTheJarLacks_areAProblem() {
        Path bad = PluginJar.of("bad")
                .withSource("stranger.Base", "package stranger; public class Base {}")
                .withFactory("Base base = new Base();" + NAME + CREATE)
                .withoutClass("stranger.Base")
                .in(folder);
        Path stale = PluginJar.of("stale").withExtension("stranger.Renamed").in(folder);
        Path lifeless = PluginJar.of("lifeless")
                .withManifest("Plugin-Class", "stranger.Renamed")
                .withCheck("lifeless", VETO)
                .in(folder);

        loading.assertProblems(bad, stale, lifeless)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith(bad.toString()).contains("NoClassDefFoundError"),
                        second -> assertThat(second)
                                .startsWith(stale.toString())
                                .contains("stranger.Renamed is not in the jar of plugin 'stale'"),
                        third -> assertThat(third)
                                .startsWith(lifeless.toString())
                                .contains("stranger.Renamed is not in the jar of plugin 'lifeless'"));
    }

    @Test
    void classes_thatAreNoClassesOrTooLarge_areAProblem() {
        Path garbled = PluginJar.of("garbled")
                .withEntry("stranger/Garbled.class", "not a class")
                .withExtension("stranger.Garbled")
                .in(folder);
        Path huge = PluginJar.of("huge")
                .withEntry("stranger/Huge.class", new byte[JarClassLoader.MAX_CLASS_BYTES + 1])
                .withExtension("stranger.Huge")
                .in(folder);
        Path foreign = PluginJar.of("foreign")
                .withEntry("stranger/Foreign.class", PluginClasses.guard())
                .withExtension("stranger.Foreign")
                .in(folder);

        loading.assertProblems(garbled, huge, foreign)
                .satisfiesExactly(
                        first ->
                                assertThat(first).startsWith(garbled.toString()).contains("cannot be read"),
                        second -> assertThat(second).startsWith(huge.toString()).contains("has more than"),
                        third ->
                                assertThat(third).startsWith(foreign.toString()).contains("wrong name"));
    }

    @Test
    void plugin_withoutExtensionIndex_isAProblem() {
        Path jar = PluginJar.of("hours")
                .withCheck("office-hours", VETO)
                .withoutIndex()
                .in(folder);

        loading.assertProblems(jar)
                .singleElement()
                .asString()
                .startsWith(jar.toString())
                .contains("plugin 'hours' provides no check", "META-INF/extensions.idx");
    }

    @Test
    void checks_ofOneNameInTwoPlugins_areAProblemThatNamesBothJars() {
        Path one = PluginJar.of("one").withCheck("same", VETO).in(folder);
        Path two = PluginJar.of("two").withCheck("same", VETO).in(folder);

        loading.assertProblems(one, two)
                .singleElement()
                .asString()
                .isEqualTo(
                        two + ": plugin 'two' provides the check 'same', as " + one + " does; remove one of the two");
        assertLoads(one);
    }

    @Test
    void create_thatThrows_passesItOn() {
        Path jar = PluginJar.of("bad")
                .withFactory("public String name() { return \"settings\"; }"
                        + "public AdmissionCheck create(CheckSetup setup) {"
                        + " throw new InvalidSettings(java.util.List.of(\"from: must be a time\")); }")
                .withFactory("public String name() { return \"state\"; }"
                        + "public AdmissionCheck create(CheckSetup setup) { throw new IllegalStateException(\"no\"); }")
                .in(folder);

        try (PluginGeneration plugins = loading.load(jar)) {
            assertThatThrownBy(() -> makeCheck(plugins, "settings"))
                    .isInstanceOfSatisfying(
                            InvalidSettings.class,
                            e -> assertThat(e.problems()).containsExactly("from: must be a time"));
            assertThatThrownBy(() -> makeCheck(plugins, "state"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw new NoClassDefFoundError(\"gone\");", "return null;", FOR_EVER})
    void create_thatFailsOtherwise_isAProblemForTheOperator(String body) {
        Path jar = PluginJar.of("bad")
                .withFactory(NAME + "public AdmissionCheck create(CheckSetup setup) { " + body + " }")
                .in(folder);

        try (PluginGeneration plugins = loading.impatiently().load(jar)) {
            assertThatThrownBy(() -> makeCheck(plugins, "bad"))
                    .isInstanceOfSatisfying(
                            PluginFailure.class,
                            e -> assertThat(e.problem())
                                    .startsWith("plugin 'bad' ")
                                    .contains("make the check 'bad'"));
        }
        loading.assertNothingStays();
        assertThat(Loading.isAlive("gatehouse-plugin-bad")).isFalse();
    }

    @Test
    void close_ofACheckThatHangsOrThrows_isToldToItsCaller() {
        Path jar = PluginJar.of("bad")
                .withFactory("public String name() { return \"hangs\"; }" + closing(FOR_EVER))
                .withFactory("public String name() { return \"throws\"; }"
                        + closing("throw new IllegalStateException(\"no\");"))
                .in(folder);

        try (PluginGeneration plugins = loading.impatiently().load(jar)) {
            assertThatThrownBy(() -> makeCheck(plugins, "hangs").close())
                    .isInstanceOf(PluginFailure.class)
                    .hasMessageContaining("did not close the check 'hangs' in 300 ms");
            assertThatThrownBy(() -> makeCheck(plugins, "throws").close())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no");
        }
        loading.assertNothingStays();
    }

    private static String closing(String body) {
        return "public AdmissionCheck create(CheckSetup setup) { return new AdmissionCheck() {"
                + " @Override public void close() { " + body + " } }; }";
    }

    private void assertLoads(Path good) {
        try (PluginGeneration plugins = loading.load(good)) {
            assertThat(ask(plugins, plugins.names().get(0))).isInstanceOf(Verdict.Veto.class);
        }
    }
}
