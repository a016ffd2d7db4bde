package dev.gatehouse.admission;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;

import dev.gatehouse.admission.CircuitBreaker.Permit;
import dev.gatehouse.admission.NamedCheck.Question;
import dev.gatehouse.admission.Trace.Stage;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.UpgradeContext;
import org.jspecify.annotations.Nullable;

/**
 * One stage of one connection: asks its checks one after the other on a thread of the pool, while the watchdog of {@link
 * Examiners} looks at the clock.
 *
 * <p>Each wait, for a thread or for a check, is ended once: by the asking thread, or by the watchdog, which then
 * completes the {@link #result} with a failure. An asking thread that comes back after the watchdog stops; what the
 * check said is forgotten.
 *
 * <p>Replies are collected in an array of the asking thread. The watchdog reads those before the current wait only,
 * which were written before that wait was published.
 */
final class Examination implements Runnable {

    private final Stage stage;
    private final List<Link> links;
    private final Function<Optional<Identity>, Question> questions;
    private final Findings before;
    private final long checkDeadlineNanos;
    private final long chainDeadlineNanos;
    private final LongSupplier stalledNanos;
    private final long submittedAt = System.nanoTime();
    private final CompletableFuture<Findings> result = new CompletableFuture<>();
    private final Reply[] replies;

    private volatile Wait wait;

    private @Nullable Thread asking;

    /**
     * An examination to be run once.
     *
     * @param questions what to ask a check, given who the client is so far
     * @param before what an earlier stage found
     * @param stalledNanos how long the machine has stalled so far, in all
     */
    Examination(
            Stage stage,
            List<Link> links,
            Function<Optional<Identity>, Question> questions,
            Findings before,
            AdmissionSettings settings,
            LongSupplier stalledNanos) {
        this.stage = stage;
        this.links = links;
        this.questions = questions;
        this.before = before;
        this.checkDeadlineNanos = settings.checkDeadline().toNanos();
        this.chainDeadlineNanos = settings.chainDeadline().toNanos();
        this.stalledNanos = stalledNanos;
        this.replies = new Reply[links.size()];
        this.wait = Wait.forThread(submittedAt);
    }

    /** What the upgrade stage asks, whoever the client is. */
    static Function<Optional<Identity>, Question> atUpgrade(UpgradeContext context) {
        Question question = check -> check.atUpgrade(context);
        return identity -> question;
    }

    /** What the connect stage asks. */
    static Function<Optional<Identity>, Question> atConnect(ConnectContext context) {
        return identity -> {
            ConnectContext known = identity.map(context::identifiedAs).orElse(context);
            return check -> check.atConnect(known);
        };
    }

    CompletableFuture<Findings> result() {
        return result;
    }

    @Override
    public void run() {
        begin();
        try {
            if (wait.end()) {
                askAll();
            }
        } catch (Throwable e) { // a bug of the gateway; nobody else would end an examination whose wait has ended
            result.completeExceptionally(e);
        } finally {
            end();
        }
    }

    private void askAll() {
        Optional<Identity> identity = before.identity();
        Question question = questions.apply(identity);
        int count = 0;
        for (Link link : links) {
            Reply reply = ask(link, question, count);
            if (reply == null) {
                return;
            }
            replies[count++] = reply;
            if (reply.isFinal()) {
                break;
            }
            if (identity.isEmpty() && reply.identity().isPresent()) {
                identity = reply.identity();
                question = questions.apply(identity);
            }
        }
        result.complete(before.plus(replied(count)));
    }

    /** The reply, or null when the watchdog did not wait for it. */
    private @Nullable Reply ask(Link link, Question question, int repliesBefore) {
        Permit permit = link.permit();
        if (permit == Permit.DENIED) {
            return link.deny(stage);
        }
        long askedAt = System.nanoTime();
        Wait current = Wait.forCheck(link, permit, repliesBefore, askedAt, stalledNanos.getAsLong());
        wait = current;
        Reply reply = link.ask(stage, question, askedAt);
        if (!current.end()) {
            return null;
        }
        link.replied(permit, reply);
        return reply;
    }

    /**
     * Fails the examination if a deadline has passed; called by the watchdog.
     *
     * @param stalled how long the machine has stalled in all; a pause of everything is not held against a check, though
     *     it is against the stage as a whole, so that an examination ends in any case
     */
    void expireIfLate(long now, long stalled) {
        Wait current = wait;
        boolean isStageLate = now - submittedAt > chainDeadlineNanos;
        if (current.link() == null) {
            if (isStageLate && current.end()) {
                fail(current, overloaded(current));
            }
            return;
        }
        long asked = now - current.since() - (stalled - current.stalledBefore());
        if ((isStageLate || asked > checkDeadlineNanos) && current.end()) {
            expire(current, current.link(), isToBlame(asked));
        }
    }

    /** A stage may be late because of a pause, or of those who were asked before; then this check is not to blame. */
    private boolean isToBlame(long asked) {
        return asked > checkDeadlineNanos || asked > chainDeadlineNanos / 2;
    }

    /** Fails the examination because nobody can run it. */
    void refuseToRun() {
        while (!result.isDone()) {
            Wait current = wait;
            if (current.end()) {
                Reply reply = overloaded(current);
                if (current.link() != null) {
                    current.link().abandoned(current.permit(), reply);
                }
                fail(current, reply);
                return;
            }
            Thread.onSpinWait(); // the asking thread is between two checks
        }
    }

    private void expire(Wait current, Link link, boolean isToBlame) {
        Failure failure = new Failure(link.name(), Failure.Kind.TIMED_OUT, "did not answer before its deadline", null);
        Reply reply = new Reply.Unusable(stage, failure, current.lasted(), current.since());
        try {
            if (isToBlame) {
                link.replied(current.permit(), reply);
            } else {
                link.abandoned(current.permit(), reply);
            }
        } finally {
            fail(current, reply);
        }
    }

    private void fail(Wait current, Reply reply) {
        List<Reply> found = new ArrayList<>(replied(current.repliesBefore()));
        found.add(reply);
        result.complete(before.plus(found));
        interruptAsking();
    }

    private List<Reply> replied(int count) {
        return Arrays.asList(replies).subList(0, count);
    }

    private Reply overloaded(Wait current) {
        Failure failure =
                new Failure("chain", Failure.Kind.OVERLOADED, "found no free thread before the deadline", null);
        return new Reply.Unusable(stage, failure, current.lasted(), current.since());
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
