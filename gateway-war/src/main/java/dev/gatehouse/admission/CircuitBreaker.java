package dev.gatehouse.admission;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Keeps a check that fails again and again from being asked for a while.
 *
 * <p>Closed, everybody may ask. After {@code breakerFailures} failures in a row it opens: nobody may ask for {@code
 * breakerPause}. Then exactly one connection tries the check; its answer closes the breaker, its failure begins
 * another pause. What was asked before the breaker opened and fails after it changes nothing. Each permission to ask must
 * be followed by exactly one of {@link #answered}, {@link #failed} and {@link #released}. Lock-free.
 */
final class CircuitBreaker {

    private static final System.Logger LOG = System.getLogger(CircuitBreaker.class.getName());
    private static final Closed SOUND = new Closed(0);

    private final NamedCheck check;
    private final int failuresMax;
    private final long pauseNanos;
    private final LongSupplier nanoTime;
    private final AtomicReference<State> state = new AtomicReference<>(SOUND);

    /** Whether a connection may ask the check. */
    enum Permit {
        ASK,
        /** It asks for all others: what comes of it says whether they may. */
        TRY,
        DENIED
    }

    private sealed interface State {}

    private record Closed(int failures) implements State {}

    private record Open(long since, String lastFailure) implements State {}

    private record Trying(String lastFailure) implements State {}

    CircuitBreaker(NamedCheck check, AdmissionSettings settings, LongSupplier nanoTime) {
        this.check = check;
        this.failuresMax = settings.breakerFailures();
        this.pauseNanos = settings.breakerPause().toNanos();
        this.nanoTime = nanoTime;
    }

    Permit permit() {
        State now = state.get();
        if (now instanceof Closed) {
            return Permit.ASK;
        }
        if (now instanceof Open open
                && nanoTime.getAsLong() - open.since() >= pauseNanos
                && state.compareAndSet(open, new Trying(open.lastFailure()))) {
            return Permit.TRY;
        }
        return Permit.DENIED;
    }

    /** The check answered, if only that something it needs is down. */
    void answered(Permit permit) {
        if (permit == Permit.TRY) {
            state.set(SOUND);
            LOG.log(Level.WARNING, "check '" + check.name() + "' answers again, and is asked again");
            return;
        }
        State now = state.get();
        if (now instanceof Closed && now != SOUND) {
            // when another thread has changed it meanwhile, either order of the two is as true
            state.compareAndSet(now, SOUND);
        }
    }

    /** The check failed, and nobody else is to blame. */
    void failed(Permit permit, String summary) {
        if (permit == Permit.TRY) {
            state.set(new Open(nanoTime.getAsLong(), summary));
            return;
        }
        while (state.get() instanceof Closed closed) {
            int failures = closed.failures() + 1;
            boolean opens = failures >= failuresMax;
            State next = opens ? new Open(nanoTime.getAsLong(), summary) : new Closed(failures);
            if (state.compareAndSet(closed, next)) {
                if (opens) {
                    logOpened(summary);
                }
                return;
            }
        }
    }

    /** Nothing was learnt about the check; the next connection may try it at once. */
    void released(Permit permit) {
        if (permit == Permit.TRY && state.get() instanceof Trying trying) {
            state.set(new Open(nanoTime.getAsLong() - pauseNanos, trying.lastFailure()));
        }
    }

    /** What a connection is told that may not ask. */
    Failure denial() {
        State now = state.get();
        String last = now instanceof Open open
                ? open.lastFailure()
                : now instanceof Trying trying ? trying.lastFailure() : "unknown";
        return new Failure(
                check.name(),
                Failure.Kind.CIRCUIT_OPEN,
                "failed too often in a row and is not asked for a while; its last failure: " + last,
                null);
    }

    CheckFigures.Breaker position() {
        State now = state.get();
        if (now instanceof Closed) {
            return CheckFigures.Breaker.CLOSED;
        }
        return now instanceof Open ? CheckFigures.Breaker.OPEN : CheckFigures.Breaker.TRYING;
    }

    private void logOpened(String summary) {
        String consequence =
                check.isEnforced() ? "connections fail meanwhile" : "it is in shadow mode, so nobody is hurt";
        LOG.log(
                Level.WARNING,
                "check '" + check.name() + "' failed " + failuresMax + " times in a row, the last time it " + summary
                        + "; it is not asked for " + pauseNanos / 1_000_000 + "ms, and " + consequence
                        + "; repair what it depends on, replace its plugin, or take it out of admission.chain");
    }
}
