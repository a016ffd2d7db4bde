package dev.gatehouse.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.gatehouse.bench.client.Session;

/**
 * Keeps a number of connections busy: each makes one attempt after the other, and the next one begins when the one
 * before has been answered and closed.
 *
 * <p>One blocking thread per connection: at the few dozen that the benchmarks use, these cost less than a selector with
 * its bookkeeping.
 */
public final class ClosedLoop {

    /** After a failure, so that a dead gateway does not turn the generator into the machine's main load. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final int connections;
    private final Duration warmup;
    private final Duration duration;
    private final GatewayProcess gateway;

    public ClosedLoop(int connections, Duration warmup, Duration duration, GatewayProcess gateway) {
        this.connections = connections;
        this.warmup = warmup;
        this.duration = duration;
        this.gateway = gateway;
    }

    /** Warms up, measures, waits for the last answers, and returns the figures. */
    public Measurement run(String name, Attempt attempt, Expectation expectation)
            throws IOException, InterruptedException {
        long start = System.nanoTime() + warmup.toNanos();
        long end = start + duration.toNanos();
        Recorder recorder = new Recorder(start, end);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Thread thread = new Thread(() -> repeat(attempt, expectation, recorder, end), "connection-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        sleepUntil(start);
        ProcessorTime before = ProcessorTime.now(gateway);
        sleepUntil(end);
        ProcessorTime after = ProcessorTime.now(gateway);
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = duration.toNanos() / 1e9;
        return new Measurement(
                name,
                connections,
                seconds,
                recorder.count(),
                recorder.count() / seconds,
                recorder.latencies(),
                recorder.errors(),
                after.coresSince(before));
    }

    private static void repeat(Attempt attempt, Expectation expectation, Recorder recorder, long end) {
        while (System.nanoTime() - end < 0) {
            try {
                once(attempt, expectation, recorder);
            } catch (IOException e) {
                recorder.failed(e);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static void once(Attempt attempt, Expectation expectation, Recorder recorder) throws IOException {
        try (Session session = attempt.make()) {
            if (expectation.isMetBy(session.answer())) {
                recorder.succeeded(session.timings());
            } else {
                recorder.answeredOtherwise(
                        session.answer().kind(), session.timings().finishedAt());
            }
            leave(session, recorder);
        }
    }

    private static void leave(Session session, Recorder recorder) {
        try {
            session.leave();
        } catch (IOException e) {
            recorder.failedToLeave(e); // the answer stands
        }
    }

    private static void sleepUntil(long nanoTime) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
    }
}
