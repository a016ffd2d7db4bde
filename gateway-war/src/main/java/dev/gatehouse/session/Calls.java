package dev.gatehouse.session;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

import dev.gatehouse.control.Answer;
import dev.gatehouse.control.Call;
import dev.gatehouse.control.Caller;
import dev.gatehouse.control.Turns;
import dev.gatehouse.protocol.Frames;
import dev.gatehouse.protocol.LaterFrame;
import dev.gatehouse.protocol.RequestFrame;
import dev.gatehouse.protocol.WireError;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one session, answered one after the other in the order in which they came (wire reference 1.4 and 1.6), but
 * for those that wait for somebody else: they are answered when that one has answered.
 *
 * <p>Once the session has ended no further call is carried out. Safe for concurrent use; blocks nobody but the worker that
 * carries a call out.
 */
final class Calls {

    /** A client that sends more before it is answered is told that the gateway is busy, ahead of the other answers. */
    private static final int WAITING_MAX = 256;

    /** So many calls of a session may wait for somebody else at a time. */
    private static final int UNDER_WAY_MAX = 64;

    private static final int UNAUTHORIZED_MAX = 10;
    private static final int POLICY_VIOLATION = 1008;
    private static final WireError BUSY =
            WireError.retryLater("The server is busy. Please try again in a moment.", Duration.ofSeconds(1));

    private final Connection connection;
    private final BiFunction<Caller, Call, Answer> control;
    private final Turns turns;
    private final Set<Answer.Later> underWay = ConcurrentHashMap.newKeySet();

    private volatile boolean hasEnded;
    private volatile @Nullable Thread answering;

    // confined to the thread that answers; turns hand it from one to the next
    private @Nullable Runnable afterAnswer;
    private int unauthorizedInARow;

    /**
     * The calls of a session that made none yet.
     *
     * @param waitingCharactersMax how many characters of calls may wait; one call alone may have any number
     */
    Calls(
            Connection connection,
            Executor workers,
            BiFunction<Caller, Call, Answer> control,
            long waitingCharactersMax) {
        this.connection = connection;
        this.control = control;
        this.turns = new Turns(workers, WAITING_MAX, waitingCharactersMax);
    }

    /** Takes a call, and answers it when those before it are answered. */
    void add(Caller caller, RequestFrame request, int size) {
        take(request.id(), request.params().isPresent() ? size : 0, () -> answer(caller, request));
    }

    /** Takes a frame that is no call, and says so when those before it are answered. */
    void add(LaterFrame.Invalid frame) {
        take(frame.id(), 0, () -> sendError(frame.id(), frame.error()));
    }

    /**
     * Carries out no call any more, and closes: at once, but when the call that is carried out by this thread is itself
     * the cause, after its answer, so that a device that removes itself learns that it did.
     */
    void end(Runnable close) {
        hasEnded = true;
        turns.forget();
        cancelUnderWay();
        if (Thread.currentThread() == answering) {
            afterAnswer = close;
            return;
        }
        close.run();
    }

    /** Whether the session has ended, though it may not be closed yet. */
    boolean hasEnded() {
        return hasEnded;
    }

    private void take(String id, int size, Runnable work) {
        if (!hasEnded && !turns.offer(size, work)) {
            connection.send(Frames.error(id, BUSY));
        }
    }

    private void answer(Caller caller, RequestFrame request) {
        if (hasEnded) {
            return;
        }
        answering = Thread.currentThread();
        try {
            send(request.id(), control.apply(caller, new Call(request.method(), request.params())));
        } finally {
            answering = null;
            Optional.ofNullable(afterAnswer).ifPresent(Runnable::run);
        }
    }

    private void send(String id, Answer answer) {
        if (answer instanceof Answer.Later later) {
            sendLater(id, later);
            return;
        }
        if (answer instanceof Answer.Failure failure) {
            sendError(id, failure.error());
            return;
        }
        unauthorizedInARow = 0;
        connection.send(Frames.ok(id, ((Answer.Payload) answer).payload()));
    }

    /** Sends the answer when it is there; the calls after this one are answered meanwhile. */
    private void sendLater(String id, Answer.Later later) {
        if (underWay.size() == UNDER_WAY_MAX) {
            later.answer().cancel(false);
            connection.send(Frames.error(id, BUSY));
            return;
        }
        underWay.add(later);
        var unused = later.answer().whenComplete((answer, thrown) -> {
            underWay.remove(later);
            if (answer != null && !hasEnded) {
                connection.send(frame(id, answer));
            }
        });
        if (hasEnded) { // while it was added
            cancelUnderWay();
        }
    }

    private void cancelUnderWay() {
        underWay.forEach(later -> later.answer().cancel(false));
    }

    private static String frame(String id, Answer answer) {
        return answer instanceof Answer.Failure failure
                ? Frames.error(id, failure.error())
                : Frames.ok(id, ((Answer.Payload) answer).payload());
    }

    private void sendError(String id, WireError error) {
        connection.send(Frames.error(id, error));
        unauthorizedInARow = error.isUnauthorizedRole() ? unauthorizedInARow + 1 : 0;
        if (unauthorizedInARow > UNAUTHORIZED_MAX) {
            end(() -> connection.close(POLICY_VIOLATION, "repeated unauthorized calls"));
        }
    }
}
