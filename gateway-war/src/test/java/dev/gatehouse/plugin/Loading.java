package dev.gatehouse.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import dev.gatehouse.plugin.PluginGeneration.Patience;
import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.testkit.FakeCheckSetup;
import org.assertj.core.api.ListAssert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Loads generations in a folder of a test, and says what of them is left. */
final class Loading {

    /** Java source of a veto. */
    static final String VETO =
            "Verdict.veto(VetoReason.of(\"OFFICE_CLOSED\", VetoReason.Effect.COME_BACK_LATER, \"office is closed\"))";

    /** Long enough for what is right on a busy machine. */
    static final Duration WAIT = Duration.ofSeconds(30);

    private final Path copies;
    private final JarStore store;
    private Patience patience = new Patience(Duration.ofSeconds(20), Duration.ofMillis(200), Duration.ofSeconds(20));
    private PluginTrust trust = PluginTrust.everything();

    Loading(Path folder) {
        this.copies = folder.resolve("copies");
        this.store = new JarStore(copies);
    }

    /** Gives up soon: for plugins that are known to hang. */
    Loading impatiently() {
        patience = new Patience(Duration.ofMillis(300), Duration.ofMillis(200), Duration.ofSeconds(20));
        return this;
    }

    Loading trusting(PluginTrust listed) {
        trust = listed;
        return this;
    }

    PluginGeneration load(Path... dropped) {
        return load(List.of(), List.of(dropped));
    }

    PluginGeneration load(List<Path> bundled, List<Path> dropped) {
        return PluginGeneration.load(bundled, dropped, trust, store, patience);
    }

    /** The problems that keep these jars from being loaded; and that nothing of them stays. */
    ListAssert<String> assertProblems(Path... dropped) {
        UnusablePlugins thrown = catchThrowableOfType(UnusablePlugins.class, () -> load(dropped));

        assertThat(thrown).isNotNull();
        assertNothingStays();
        return assertThat(thrown.problems());
    }

    /** Neither a copy nor an open file. */
    void assertNothingStays() {
        assertThat(copies).isEmptyDirectory();
        assertThat(openFiles()).noneMatch(file -> file.startsWith(copies.toString()));
    }

    static Verdict ask(PluginGeneration plugins, String check) {
        return makeCheck(plugins, check).atConnect(ConnectFixture.cli().connect());
    }

    static AdmissionCheck makeCheck(PluginGeneration plugins, String check) {
        return plugins.provider(check).orElseThrow().create(FakeCheckSetup.withDefaults());
    }

    /** The class loader that a check of a plugin is called with. */
    static ClassLoader classLoader(PluginGeneration plugins, String check) {
        return plugins.provider(check).orElseThrow().calls().loader();
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + WAIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as(what).isNegative();
            Thread.onSpinWait();
        }
    }

    static boolean isAlive(String thread) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(each -> each.getName().equals(thread));
    }

    static List<String> openFiles() {
        try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
            return handles.map(Loading::target).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path handle) {
        try {
            return Files.readSymbolicLink(handle).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
