package dev.gatehouse.admission;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.testkit.ConnectFixture;

/** Builds chains of hand-written checks and runs connections through them. */
final class ChainFixture implements AutoCloseable {

    private static final Duration CHECK_DEADLINE = Duration.ofMillis(200);
    private static final Duration CHAIN_DEADLINE = Duration.ofMillis(400);
    static final Duration LONG_PAUSE = Duration.ofMinutes(5);
    private static final long PATIENCE_SECONDS = 10;

    private final Examiners examiners;
    private final List<NamedCheck> checks = new ArrayList<>();
    private int breakerFailures = 1000;

    ChainFixture() {
        this(4);
    }

    ChainFixture(int threads) {
        examiners = new Examiners(threads);
    }

    /** A check of the connect stage. */
    @FunctionalInterface
    interface AtConnect extends AdmissionCheck {
        @Override
        Verdict atConnect(ConnectContext context);
    }

    /** A check of the upgrade stage. */
    @FunctionalInterface
    interface AtUpgrade extends AdmissionCheck {
        @Override
        Verdict atUpgrade(UpgradeContext context);
    }

    ChainFixture with(String name, AtConnect check) {
        checks.add(new NamedCheck(name, check));
        return this;
    }

    ChainFixture withShadow(String name, AtConnect check) {
        checks.add(new NamedCheck(name, Mode.SHADOW, check));
        return this;
    }

    /** From now on so many failures in a row open a check's circuit breaker, for longer than a test lasts. */
    ChainFixture breakerFailures(int failures) {
        breakerFailures = failures;
        return this;
    }

    ChainFixture withAtUpgrade(String name, AtUpgrade check) {
        checks.add(new NamedCheck(name, check));
        return this;
    }

    AdmissionChain chain() {
        return chainOf(checks);
    }

    AdmissionChain chainOf(List<NamedCheck> order) {
        return chainOf(order, System::nanoTime);
    }

    AdmissionChain chainOf(List<NamedCheck> order, LongSupplier nanoTime) {
        return new AdmissionChain(
                order,
                new AdmissionSettings(List.of(), CHECK_DEADLINE, CHAIN_DEADLINE, 4, breakerFailures, LONG_PAUSE),
                examiners,
                Clock.systemUTC(),
                nanoTime);
    }

    List<NamedCheck> checks() {
        return checks;
    }

    Decision decide(ConnectFixture connection) {
        try (AdmissionChain chain = chain()) {
            return decide(chain, connection);
        }
    }

    static Decision decide(AdmissionChain chain, ConnectFixture connection) {
        return chain.atUpgrade(connection.upgrade())
                .connect(connection.connect())
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        examiners.close();
    }
}
