package dev.gatehouse.admission;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;

import dev.gatehouse.admission.Trace.Stage;
import dev.gatehouse.spi.TemporarilyUnavailable;
import dev.gatehouse.spi.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * One stage of one connection: asks its checks one after the other on a thread of the pool, while the watchdog of {@link
 * Examiners} looks at the clock.
 *
 * <p>Whoever completes {@link #result} first decides: the asking thread with its findings, or the watchdog with a
 * failure. An asking thread that comes back after the watchdog finds its result complete and stops; what the check said
 * is forgotten.
 */
final class Examination implements Runnable {

    private final Stage stage;
    private final List<NamedCheck> checks;
    private final Function<Findings, NamedCheck.Question> questions;
    private final long checkDeadlineNanos;
    private final long chainDeadlineNanos;
    private final LongSupplier stalledNanos;
    private final long submittedAt = System.nanoTime();
    private final CompletableFuture<Findings> result = new CompletableFuture<>();

    /** The check being asked and when; written by the asking thread, read by the watchdog. */
    private volatile Progress progress;

    private @Nullable Thread asking;

    /** {@code stalledBefore} is how long the machine had stalled in all when the check was asked. */
    private record Progress(Findings findings, @Nullable NamedCheck check, long askedAt, long stalledBefore) {}

    /**
     * An examination to be run once.
     *
     * @param questions what to ask a check, given what was found before it
     * @param stalledNanos how long the machine has stalled so far, in all
     */
    Examination(
            Stage stage,
            List<NamedCheck> checks,
            Function<Findings, NamedCheck.Question> questions,
            Findings before,
            AdmissionSettings settings,
            LongSupplier stalledNanos) {
        this.stage = stage;
        this.checks = checks;
        this.questions = questions;
        this.checkDeadlineNanos = settings.checkDeadline().toNanos();
        this.chainDeadlineNanos = settings.chainDeadline().toNanos();
        this.stalledNanos = stalledNanos;
        this.progress = new Progress(before, null, submittedAt, 0);
    }

    CompletableFuture<Findings> result() {
        return result;
    }

    @Override
    public void run() {
        begin();
        try {
            Findings findings = progress.findings();
            for (NamedCheck check : checks) {
                if (findings.isFinal() || result.isDone()) {
                    break;
                }
                long askedAt = System.nanoTime();
                progress = new Progress(findings, check, askedAt, stalledNanos.getAsLong());
                findings = ask(check, findings, askedAt);
            }
            result.complete(findings);
        } finally {
            end();
        }
    }

    private Findings ask(NamedCheck check, Findings findings, long askedAt) {
        try {
            @SuppressWarnings("NullAway") // a plugin's answer may be null, whatever its signature says
            @Nullable
            Verdict verdict = check.ask(questions.apply(findings));
            if (verdict == null) {
                Failure failure = new Failure(check.name(), Failure.Kind.NO_ANSWER, "returned null", null);
                return findings.plus(stage, failure, since(askedAt));
            }
            return findings.plus(stage, check.name(), verdict, since(askedAt));
        } catch (TemporarilyUnavailable e) {
            Failure failure = new Failure(check.name(), Failure.Kind.UNAVAILABLE, String.valueOf(e.getMessage()), e);
            return findings.plus(stage, failure, since(askedAt));
        } catch (Throwable e) { // a plugin may throw anything, a linkage error for one; all of it means: not admitted
            Failure failure = new Failure(check.name(), Failure.Kind.THREW, "threw " + e, e);
            return findings.plus(stage, failure, since(askedAt));
        }
    }

    /**
     * Fails the examination if a deadline has passed; called by the watchdog.
     *
     * @param stalled how long the machine has stalled in all; a pause of everything is not held against a check, though
     *     it is against the stage as a whole, so that an examination ends in any case
     */
    void expireIfLate(long now, long stalled) {
        Progress current = progress;
        NamedCheck check = current.check();
        boolean isStageLate = now - submittedAt > chainDeadlineNanos;
        if (check == null) {
            if (isStageLate) {
                expire(current, overloaded());
            }
            return;
        }
        long asked = now - current.askedAt() - (stalled - current.stalledBefore());
        if (isStageLate || asked > checkDeadlineNanos) {
            expire(current, timedOut(check.name()));
        }
    }

    /** Fails the examination because nobody can run it. */
    void refuseToRun() {
        expire(progress, overloaded());
    }

    private void expire(Progress current, Failure failure) {
        if (result.complete(current.findings().plus(stage, failure, since(current.askedAt())))) {
            interruptAsking();
        }
    }

    private static Failure overloaded() {
        return new Failure("chain", Failure.Kind.OVERLOADED, "found no free thread before the deadline", null);
    }

    private static Failure timedOut(String check) {
        return new Failure(check, Failure.Kind.TIMED_OUT, "did not answer before its deadline", null);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private synchronized void begin() {
        asking = Thread.currentThread();
    }

    private synchronized void interruptAsking() {
        Optional.ofNullable(asking).ifPresent(Thread::interrupt);
    }

    /** From here on nobody interrupts this thread, which goes on to another examination. */
    @SuppressWarnings("ResultOfMethodCallIgnored")
    private synchronized void end() {
        asking = null;
        Thread.interrupted();
    }
}
