package dev.gatehouse.admission;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.gatehouse.admission.Trace.Stage;
import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.testkit.ConnectFixture;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the chain itself costs one connection: ten checks that have nothing to do, each asked at both stages, and the
 * decision.
 *
 * <p>In the package of the chain, because an examination is measured on the calling thread, without the pool.
 */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(5)
public class ChainBenchmark {

    private static final int CHECKS = 10;
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Verdict IDENTIFIED =
            Verdict.identified(new Identity(Identity.TOKEN, "gateway"), Scopes.of(Scopes.ADMIN));

    private final ConnectContext context = ConnectFixture.cli().connect();
    private final List<NamedCheck> checks = checks();
    private final AdmissionSettings settings = new AdmissionSettings(List.of(), LONG, LONG, 1, 5, LONG);
    private final List<Link> links = checks.stream()
            .map(check -> new Link(check, settings, Clock.systemUTC(), System::nanoTime))
            .toList();
    private final Examiners examiners = new Examiners(1);
    private final AdmissionChain chain = new AdmissionChain(checks, settings, examiners);

    /** Whether the benchmark measures what it says. */
    @Setup
    public void requireTheSameDecision() {
        requireAdmitted(withoutTrace());
        requireAdmitted(withTraceTimesAndFigures());
        requireAdmitted(throughThePool());
    }

    @TearDown
    public void close() {
        examiners.close();
        chain.close();
    }

    /** The rule alone: nobody can tell afterwards which check said what, or look at the clock meanwhile. */
    @Benchmark
    public Decision withoutTrace() {
        Optional<Identity> identity = Optional.empty();
        Scopes scopes = context.requestedScopes();
        for (Stage stage : Stage.values()) {
            for (NamedCheck check : checks) {
                ConnectContext known = identity.map(context::identifiedAs).orElse(context);
                Verdict verdict = stage == Stage.UPGRADE
                        ? check.check().atUpgrade(context.upgrade())
                        : check.check().atConnect(known);
                if (verdict instanceof Verdict.Identified identified) {
                    identity = identity.or(() -> Optional.of(identified.identity()));
                    scopes = scopes.cutTo(identified.proposed());
                } else if (!(verdict instanceof Verdict.Pass)) {
                    throw new IllegalStateException("every check passes: " + verdict);
                }
            }
        }
        return new Decision.Admitted(identity.orElseThrow(), scopes, Trace.of(List.of()));
    }

    /** What the gateway does, on the calling thread: deadlines, class loaders, trace, times, figures, breakers. */
    @Benchmark
    public Decision withTraceTimesAndFigures() {
        Findings upgraded = examine(new Examination(
                Stage.UPGRADE,
                links,
                Examination.atUpgrade(context.upgrade()),
                Findings.NONE,
                settings,
                examiners::stalledNanos));
        return examine(new Examination(
                        Stage.CONNECT,
                        links,
                        Examination.atConnect(context),
                        upgraded,
                        settings,
                        examiners::stalledNanos))
                .decide(context);
    }

    /** The same through the pool: four changes of thread more. */
    @Benchmark
    public Decision throughThePool() {
        try (UpgradeStage stage = chain.atUpgrade(context.upgrade())) {
            return stage.connect(context).join();
        }
    }

    private static Findings examine(Examination examination) {
        examination.run();
        return examination.result().join();
    }

    private static void requireAdmitted(Decision decision) {
        if (!(decision instanceof Decision.Admitted)) {
            throw new IllegalStateException("not admitted: " + decision);
        }
    }

    /** Nine that pass and, in the middle of them, one that identifies the client. */
    private static List<NamedCheck> checks() {
        List<NamedCheck> checks = new ArrayList<>();
        for (int i = 0; i < CHECKS; i++) {
            checks.add(new NamedCheck("check-" + i, i == CHECKS / 2 ? new Identifying() : new Passing()));
        }
        return checks;
    }

    private static final class Passing implements AdmissionCheck {
        @Override
        public Verdict atUpgrade(UpgradeContext upgrade) {
            return Verdict.pass();
        }

        @Override
        public Verdict atConnect(ConnectContext connect) {
            return Verdict.pass();
        }
    }

    private static final class Identifying implements AdmissionCheck {
        @Override
        public Verdict atUpgrade(UpgradeContext upgrade) {
            return Verdict.pass();
        }

        @Override
        public Verdict atConnect(ConnectContext connect) {
            return IDENTIFIED;
        }
    }
}
