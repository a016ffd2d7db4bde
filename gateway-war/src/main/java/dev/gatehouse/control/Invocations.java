package dev.gatehouse.control;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import dev.gatehouse.protocol.WireError;

/**
 * What is asked of nodes and not answered yet (wire reference 8.3).
 *
 * <p>One connection of the node is asked, and only that connection may answer. An invocation ends once: by the answer, when
 * the time is up, or when the connection or the approval of the node is gone. A caller that leaves does not end it: it may
 * come back and ask again by the same key, and is then answered without a second execution. Bounded for each connection and
 * in all. Safe for concurrent use; no method blocks.
 */
public final class Invocations {

    static final int OF_ONE_NODE_MAX = 64;
    static final int UNDER_WAY_MAX = 1024;

    private final Audience audience;
    private final ScheduledExecutorService timers;
    private final Clock clock;

    // guarded by this
    private final Map<String, Invocation> underWay = new HashMap<>();
    private final InvocationMemory memory = new InvocationMemory();

    /**
     * Nothing is asked yet.
     *
     * @param audience reaches the nodes
     * @param timers ends what takes too long
     * @param clock says how long ago something was answered
     */
    public Invocations(Audience audience, ScheduledExecutorService timers, Clock clock) {
        this.audience = audience;
        this.timers = timers;
        this.clock = clock;
    }

    /** What becomes, or became, of the same wish of the same caller; empty when it is new. */
    synchronized Optional<CompletableFuture<Answer>> earlier(Caller caller, NodeInvocation asked) {
        return memory.answerTo(Invocation.Key.of(caller, asked), asked, clock.millis());
    }

    /**
     * Asks a node, unless the same was asked before.
     *
     * @return what it comes to; to cancel it ends nothing
     */
    CompletableFuture<Answer> ask(Caller caller, LiveNode node, NodeInvocation asked) {
        Invocation invocation;
        synchronized (this) {
            Optional<CompletableFuture<Answer>> earlier = earlier(caller, asked);
            if (earlier.isPresent()) {
                return earlier.get();
            }
            if (underWay.size() >= UNDER_WAY_MAX || over(node.connectionId()).size() >= OF_ONE_NODE_MAX) {
                return CompletableFuture.completedFuture(new Answer.Failure(NodeErrors.tooMany()));
            }
            invocation = begin(caller, node, asked);
        }
        // Looked at after it was noted down: a connection that goes from now on finds it.
        if (node.isGone() || !audience.tellOne(node.connectionId(), invocation.request())) {
            notDone(invocation, NodeErrors.notConnected());
        }
        return invocation.answer().copy();
    }

    /**
     * Takes the answer of a node.
     *
     * @return false when nobody waits for it, or not for this caller's
     */
    boolean answered(Caller caller, NodeResult result) {
        Optional<Invocation> invocation = find(result.id())
                .filter(waiting -> waiting.isOver(caller.connectionId()))
                .filter(waiting -> waiting.node().nodeId().equals(result.nodeId()));
        return invocation.isPresent()
                && end(invocation.get(), result.answer(invocation.get().asked()), result.size());
    }

    /** A connection is gone, and answers nothing any more. */
    void nodeGone(String connectionId) {
        endOver(connectionId, NodeErrors.goneMeanwhile());
    }

    /** Whoever is at the other end of a connection is not trusted any more. */
    void nodeWithdrawn(String connectionId) {
        endOver(connectionId, NodeErrors.pairingChanged());
    }

    synchronized int count() {
        return underWay.size();
    }

    private Invocation begin(Caller caller, LiveNode node, NodeInvocation asked) {
        String id = UUID.randomUUID().toString();
        Future<?> timeOut = timers.schedule(() -> timedOut(id), asked.timeout().toMillis(), TimeUnit.MILLISECONDS);
        Invocation invocation =
                new Invocation(id, Invocation.Key.of(caller, asked), asked, node, new CompletableFuture<>(), timeOut);
        underWay.put(id, invocation);
        memory.begun(invocation);
        return invocation;
    }

    private void timedOut(String id) {
        find(id).ifPresent(invocation -> {
            if (end(invocation, new Answer.Failure(NodeErrors.timedOut()), 0)) {
                var unused = audience.tellOne(invocation.node().connectionId(), invocation.cancellation());
            }
        });
    }

    private void endOver(String connectionId, WireError error) {
        List<Invocation> ended;
        synchronized (this) {
            ended = over(connectionId);
        }
        ended.forEach(invocation -> end(invocation, new Answer.Failure(error), 0));
    }

    /** Ends an invocation that was passed on, and may have been carried out; false when it has ended already. */
    private boolean end(Invocation invocation, Answer answer, long size) {
        synchronized (this) {
            if (!underWay.remove(invocation.id(), invocation)) {
                return false;
            }
            memory.ended(invocation, size, clock.millis());
        }
        tell(invocation, answer);
        return true;
    }

    /** Ends an invocation that was not passed on. */
    private void notDone(Invocation invocation, WireError error) {
        synchronized (this) {
            if (!underWay.remove(invocation.id(), invocation)) {
                return;
            }
            memory.undone(invocation);
        }
        tell(invocation, new Answer.Failure(error));
    }

    private static void tell(Invocation invocation, Answer answer) {
        invocation.timeOut().cancel(false);
        invocation.answer().complete(answer);
    }

    private synchronized Optional<Invocation> find(String id) {
        return Optional.ofNullable(underWay.get(id));
    }

    private List<Invocation> over(String connectionId) {
        Predicate<Invocation> isOver = invocation -> invocation.isOver(connectionId);
        return underWay.values().stream().filter(isOver).toList();
    }
}
