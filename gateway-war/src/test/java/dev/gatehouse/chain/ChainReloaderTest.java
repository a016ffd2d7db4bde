package dev.gatehouse.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.gatehouse.admission.AdmissionChain;
import dev.gatehouse.admission.AdmissionSettings;
import dev.gatehouse.admission.NamedCheck;
import dev.gatehouse.admission.UpgradeStage;
import dev.gatehouse.config.InvalidConfig;
import dev.gatehouse.plugin.JarStore;
import dev.gatehouse.plugin.PluginGeneration;
import dev.gatehouse.plugin.PluginTrust;
import dev.gatehouse.session.Eventually;
import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ChainReloaderTest {

    private static final AdmissionSettings SETTINGS =
            new AdmissionSettings(List.of(), Duration.ofMinutes(1), Duration.ofMinutes(1), 1, 5, Duration.ofSeconds(1));
    private static final FolderSight NOTHING = new FolderSight(Map.of());

    /** A check that passes everybody and knows whether it is closed. */
    private static final class Watched implements AdmissionCheck {
        private final AtomicBoolean isClosed = new AtomicBoolean();

        @Override
        public Verdict atConnect(ConnectContext context) {
            return Verdict.pass();
        }

        @Override
        public void close() {
            isClosed.set(true);
        }
    }

    private final AtomicInteger looks = new AtomicInteger();
    private volatile Watched check = new Watched();
    private volatile Supplier<Candidate> disk = this::candidate;
    private volatile Supplier<FolderSight> sight = () -> NOTHING;

    @TempDir
    private Path folder;

    private JarStore jars;
    private ChainReloader chains;

    @BeforeEach
    void start() {
        jars = new JarStore(folder);
        chains = new ChainReloader(() -> disk.get(), this::look, () -> Duration.ofMinutes(1), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        chains.close();
    }

    @Test
    void replacedChain_withAHandshakeUnderWay_isClosedWhenThatIsDecided() {
        Watched old = check;
        UpgradeStage stage = AdmissionChain.begin(
                () -> chains.current().chain(), ConnectFixture.cli().upgrade());
        check = new Watched();
        assertThat(chains.reload("test").inForce()).isTrue();

        assertThat(stage.connect(ConnectFixture.cli().connect()).join().trace().entries())
                .hasSize(1);
        assertThat(old.isClosed).isFalse();
        stage.close();

        Eventually.holds("the old check is closed", old.isClosed::get);
        assertThat(check.isClosed).isFalse();
    }

    @Test
    void replacedChain_thatNobodyIsOn_isClosedAtOnce() {
        Watched old = check;
        check = new Watched();

        chains.reload("test");

        Eventually.holds("the old check is closed", old.isClosed::get);
    }

    @Test
    void build_thatFindsProblems_leavesTheChainAndIsReported() {
        ChainGeneration before = chains.current();
        disk = () -> {
            throw new InvalidConfig(List.of("one thing", "another"));
        };

        ReloadReport report = chains.reload("test");

        assertThat(report.inForce()).isFalse();
        assertThat(report.problems()).containsExactly("one thing", "another");
        assertThat(chains.last()).isEqualTo(report);
        assertThat(chains.current()).isSameAs(before);
    }

    @Test
    void build_thatFailsUnexpectedly_leavesTheChainAndIsReported() {
        ChainGeneration before = chains.current();
        disk = () -> {
            throw new IllegalStateException("no disk");
        };

        assertThat(chains.reload("test").problems()).singleElement().asString().contains("no disk");
        assertThat(chains.current()).isSameAs(before);
    }

    @Test
    void files_thatCannotBeLookedAt_areReportedOnceAndTriedAgain() {
        sight = () -> {
            throw new UncheckedIOException(new IOException("permission denied"));
        };
        chains.watch();
        int begun = looks.get();
        Eventually.holds("several looks fail", () -> looks.get() >= begun + 3);

        assertThat(chains.reports()).filteredOn(report -> !report.inForce()).hasSize(1);
        assertThat(chains.last().problems()).singleElement().asString().contains("permission denied");

        sight = () -> NOTHING;
        Eventually.holds("it looks again", () -> chains.last().inForce());
    }

    @Test
    void reports_beyondTheirBound_areForgotten() {
        for (int i = 0; i < 25; i++) {
            chains.reload("reload " + i);
        }

        assertThat(chains.reports()).hasSize(20);
        assertThat(chains.last().trigger()).isEqualTo("reload 24");
    }

    private FolderSight look() {
        looks.incrementAndGet();
        return sight.get();
    }

    private Candidate candidate() {
        PluginGeneration plugins = PluginGeneration.load(List.of(), List.of(), PluginTrust.everything(), jars);
        ChainGeneration generation = new ChainGeneration(
                plugins,
                SETTINGS,
                List.of(new NamedCheck("check", check)),
                Map.of(),
                List::of,
                Clock.systemUTC().instant());
        return new Candidate(generation, NOTHING, () -> {}, List.of());
    }
}
