package dev.gatehouse.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import dev.gatehouse.bench.client.Caller;
import dev.gatehouse.bench.client.ClientProfile;
import dev.gatehouse.bench.client.Credential;
import dev.gatehouse.bench.load.ClosedLoop;
import dev.gatehouse.bench.load.Expectation;
import dev.gatehouse.bench.load.HeldSessions;
import dev.gatehouse.bench.load.Measurement;
import dev.gatehouse.bench.load.Memory;

/** The runs that single commands make, and that the suite makes one after the other. */
final class Runs {

    static final Set<Option> OPTIONS = EnumSet.of(Option.SECONDS, Option.WARMUP);

    private static final int OPENERS = 16;
    private static final long SETTLING_SECONDS = 2;
    private static final Caller INTRUDER =
            new Caller.WithoutDevice(ClientProfile.CLI, Credential.sharedToken("not-the-shared-token"));

    private final Gateway gateway;
    private final Duration warmup;
    private final Duration duration;

    Runs(Gateway gateway, CommandLine line) {
        this.gateway = gateway;
        this.warmup = Duration.ofSeconds(line.number(Option.WARMUP));
        this.duration = Duration.ofSeconds(line.positive(Option.SECONDS));
    }

    /** Paired devices come in, any of them at any time. */
    Measurement admit(int connections, List<Caller> devices) throws IOException, InterruptedException {
        return loop(connections)
                .run(
                        "admit",
                        () -> gateway.connect(
                                devices.get(ThreadLocalRandom.current().nextInt(devices.size()))),
                        Expectation.ADMITTED);
    }

    /** Clients with a wrong shared token are sent away. */
    Measurement refuse(int connections) throws IOException, InterruptedException {
        return loop(connections).run("refuse", () -> gateway.connect(INTRUDER), Expectation.REFUSED);
    }

    private ClosedLoop loop(int connections) {
        return new ClosedLoop(connections, warmup, duration, gateway.process());
    }

    /** So many sessions without a device are opened, weighed and closed. */
    static IdleFigures idle(Gateway gateway, int sessions, Credential sharedToken)
            throws IOException, InterruptedException {
        Caller caller = new Caller.WithoutDevice(ClientProfile.CLI, sharedToken);
        Memory before = gateway.process().memoryAfterCollection();
        try (HeldSessions held = new HeldSessions()) {
            long start = System.nanoTime();
            held.open(sessions, OPENERS, () -> gateway.connect(caller));
            double seconds = (System.nanoTime() - start) / 1e9;
            TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
            int alive = held.alive();
            Memory after = gateway.process().memoryAfterCollection();
            return new IdleFigures(sessions, alive, alive / seconds, before, after, held.errors());
        }
    }
}
