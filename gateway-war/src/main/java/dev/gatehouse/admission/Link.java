package dev.gatehouse.admission;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

import dev.gatehouse.admission.CircuitBreaker.Permit;
import dev.gatehouse.admission.NamedCheck.Question;
import dev.gatehouse.admission.Trace.Stage;
import dev.gatehouse.spi.TemporarilyUnavailable;
import dev.gatehouse.spi.Verdict;
import org.jspecify.annotations.Nullable;

/** One check in its chain: how it is asked, what it has answered so far, and whether it may be asked. Thread-safe. */
final class Link {

    private final NamedCheck named;
    private final AdmissionSettings settings;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final boolean examinesUpgrades;
    private final boolean examinesConnects;
    private final @Nullable ClassLoader loader;
    private final CheckCounters counters;
    private final CircuitBreaker breaker;

    Link(NamedCheck named, AdmissionSettings settings, Clock clock, LongSupplier nanoTime) {
        this.named = named;
        this.settings = settings;
        this.clock = clock;
        this.nanoTime = nanoTime;
        examinesUpgrades = named.examinesUpgrades();
        examinesConnects = named.examinesConnects();
        loader = named.check().getClass().getClassLoader();
        counters = new CheckCounters(clock);
        breaker = new CircuitBreaker(named, settings, nanoTime);
    }

    NamedCheck named() {
        return named;
    }

    String name() {
        return named.name();
    }

    boolean isEnforced() {
        return named.isEnforced();
    }

    /** The same check with figures and a circuit breaker that nobody looks at. */
    Link uncounted() {
        return new Link(named, settings, clock, nanoTime);
    }

    /** Whether the check has anything to say at a stage. */
    boolean examines(Stage stage) {
        return stage == Stage.UPGRADE ? examinesUpgrades : examinesConnects;
    }

    /** Each permission must be followed by {@link #replied} or {@link #abandoned}. */
    Permit permit() {
        return breaker.permit();
    }

    /** What a connection is told that may not ask. */
    Reply deny(Stage stage) {
        counters.addNotAsked();
        return new Reply.Unusable(stage, breaker.denial(), Duration.ZERO, System.nanoTime());
    }

    /** Asks the check while the thread carries the plugin's class loader, as libraries inside a plugin expect. */
    Reply ask(Stage stage, Question question, long askedAt) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            @SuppressWarnings("NullAway") // a plugin's answer may be null, whatever its signature says
            @Nullable
            Verdict verdict = question.to(named.check());
            if (verdict == null) {
                return unusable(stage, new Failure(name(), Failure.Kind.NO_ANSWER, "returned null", null), askedAt);
            }
            return new Reply.Said(stage, name(), PlainVerdict.of(verdict), since(askedAt), askedAt);
        } catch (TemporarilyUnavailable e) {
            String what = String.valueOf(e.getMessage());
            return unusable(stage, new Failure(name(), Failure.Kind.UNAVAILABLE, what, e), askedAt);
        } catch (Throwable e) { // a plugin may throw anything, a linkage error for one; all of it means: not admitted
            return unusable(stage, Failure.threw(name(), e), askedAt);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Counts what came of asking. */
    void replied(Permit permit, Reply reply) {
        counters.add(reply);
        if (reply instanceof Reply.Unusable unusable && unusable.failure().kind() != Failure.Kind.UNAVAILABLE) {
            breaker.failed(permit, unusable.failure().summary());
            return;
        }
        breaker.answered(permit);
    }

    /** Counts a check that was given up for reasons which are not its own. */
    void abandoned(Permit permit, Reply reply) {
        counters.add(reply);
        breaker.released(permit);
    }

    CheckFigures figures(Optional<ShadowFigures> shadow) {
        return counters.figures(named, breaker.position(), shadow);
    }

    private static Reply unusable(Stage stage, Failure failure, long askedAt) {
        return new Reply.Unusable(stage, failure, since(askedAt), askedAt);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
