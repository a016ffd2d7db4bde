package dev.gatehouse.session;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;

import dev.gatehouse.protocol.Frames;
import org.jspecify.annotations.Nullable;

/**
 * The one owner of a socket's sending side: frames go out in order, one at a time, and a close goes out after them.
 *
 * <p>Containers queue without bound, fail overlapping sends, or recurse when a send completes at once; so the queue is
 * here, bounded, with a single writer that never sends from inside a send. A peer that does not read is closed with 1008
 * {@code slow consumer}, and one that does not let the close through is cut after {@value #CLOSE_GRACE_SECONDS} s. A
 * send that fails ends the connection, and so do {@value #PINGS_UNANSWERED_MAX} pings without an answer, from a peer that
 * has answered one before: not every container passes answers on. Safe for concurrent use; no method blocks on the peer.
 */
final class Connection {

    /** Close codes that Jakarta's enumeration does not know are made from their number. */
    private static final int SLOW_CONSUMER = 1008;

    private static final int BROKEN = 1011;
    private static final int GOING_AWAY = 1001;

    private static final int CLOSE_GRACE_SECONDS = 5;

    /** A ping may go out late, so one that is not answered by the next says little. */
    private static final int PINGS_UNANSWERED_MAX = 2;

    /** A client is behind when so small a part of what may wait for it waits. */
    private static final int BEHIND_PART = 50;

    private static final System.Logger LOG = System.getLogger(Connection.class.getName());

    private final Session session;
    private final ScheduledExecutorService timers;
    private final long bufferMax;
    private final Runnable whenSlow;
    private final AtomicInteger pending = new AtomicInteger();

    // guarded by this
    private final Deque<Outgoing> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private long events;
    private int pingsUnanswered;
    private boolean hasAnsweredPing;
    private boolean sending;
    private boolean closeSent;
    private @Nullable CloseReason closing;
    private @Nullable Future<?> cutting;

    private record Outgoing(String text, long size) {}

    private static final Outgoing PING = new Outgoing("", 0);

    /**
     * The sending side of an open socket.
     *
     * @param bufferMax how many bytes may wait
     * @param whenSlow is run when more than that would; may be called with the connection locked
     */
    Connection(Session session, ScheduledExecutorService timers, long bufferMax, Runnable whenSlow) {
        this.session = session;
        this.timers = timers;
        this.bufferMax = bufferMax;
        this.whenSlow = whenSlow;
    }

    /** Sends a frame after those sent before it. Does nothing once the connection is closing. */
    void send(String frame) {
        if (!enqueue(new Outgoing(frame, Utf8.length(frame)))) {
            endSoon();
        }
        drain();
    }

    /**
     * Sends an event with the next number, after the frames sent before it.
     *
     * @param event the event without its number
     * @param isDroppable whether a client that is behind is rather not sent it; no number is used up then, because stock
     *     clients take a gap for a broken connection
     * @return false when it was dropped
     */
    boolean sendEvent(String event, boolean isDroppable) {
        synchronized (this) {
            if (isDroppable && waitingBytes > bufferMax / BEHIND_PART) {
                return false;
            }
            events++;
            String frame = Frames.numbered(event, events);
            if (!enqueue(new Outgoing(frame, Utf8.length(frame)))) {
                endSoon();
            }
        }
        drain();
        return true;
    }

    /**
     * Pings the client unless something is on its way to it, which is as good a sign of life for what lies between; closes
     * when the client was silent since the pings before.
     */
    void ping() {
        if (isSilent()) {
            close(GOING_AWAY, "heartbeat timeout");
            return;
        }
        synchronized (this) {
            if (sending || closing != null || !waiting.isEmpty()) {
                return;
            }
            sending = true; // containers fail sends that overlap with a ping
            pingsUnanswered++;
        }
        sent(PING, transmitPing());
    }

    /** Notes that the client said something. */
    synchronized void heard() {
        pingsUnanswered = 0;
    }

    /** Notes that the client answered a ping. */
    synchronized void pong() {
        pingsUnanswered = 0;
        hasAnsweredPing = true;
    }

    private synchronized boolean isSilent() {
        return hasAnsweredPing && pingsUnanswered >= PINGS_UNANSWERED_MAX;
    }

    /**
     * Closes the connection after everything sent before. Only the first close counts.
     *
     * @param code the close code, 1000 to 4999
     * @param reason at most 123 bytes of UTF-8
     */
    void close(int code, String reason) {
        if (beginClose(code, reason)) {
            endSoon();
            drain();
        }
    }

    /** Forgets what waits, because the socket is gone. */
    synchronized void gone() {
        closeSent = true;
        waiting.clear();
        if (closing == null) {
            closing = new CloseReason(CloseCodes.CLOSED_ABNORMALLY, "");
        }
        if (cutting != null) {
            cutting.cancel(false);
        }
    }

    /** Takes a frame, or begins to close because there is no room for it; false when the latter. */
    private synchronized boolean enqueue(Outgoing frame) {
        if (closing != null) {
            return true;
        }
        if (waitingBytes + frame.size() > bufferMax) {
            waiting.clear();
            whenSlow.run();
            return !beginClose(SLOW_CONSUMER, "slow consumer");
        }
        waiting.add(frame);
        waitingBytes += frame.size();
        return true;
    }

    private synchronized boolean beginClose(int code, String reason) {
        if (closing != null) {
            return false;
        }
        closing = new CloseReason(CloseCodes.getCloseCode(code), reason);
        return true;
    }

    /** Sees to it that the socket is closed after a while even if the peer takes nothing any more. */
    private synchronized void endSoon() {
        try {
            cutting = timers.schedule(this::cut, CLOSE_GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "the gateway stops, and the server will cut its sockets", e);
        }
    }

    /** Whoever comes first sends until nothing is left; whoever comes meanwhile, a completed send too, only counts. */
    private void drain() {
        if (pending.getAndIncrement() != 0) {
            return;
        }
        do {
            next().ifPresent(this::transmit);
            takeClose().ifPresent(this::closeSession);
        } while (pending.decrementAndGet() != 0);
    }

    private synchronized Optional<Outgoing> next() {
        if (sending) {
            return Optional.empty();
        }
        Optional<Outgoing> frame = Optional.ofNullable(waiting.poll());
        sending = frame.isPresent();
        return frame;
    }

    private synchronized Optional<CloseReason> takeClose() {
        if (sending || closeSent || closing == null || !waiting.isEmpty()) {
            return Optional.empty();
        }
        closeSent = true;
        return Optional.of(closing);
    }

    private void transmit(Outgoing frame) {
        try {
            session.getAsyncRemote().sendText(frame.text(), result -> sent(frame, result.isOK()));
        } catch (RuntimeException e) { // the container says so when the socket is gone
            sent(frame, false);
        }
    }

    private boolean transmitPing() {
        try {
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
            return true;
        } catch (IOException | RuntimeException e) { // the container says so when the socket is gone
            LOG.log(Level.DEBUG, "a ping did not go out", e);
            return false;
        }
    }

    private void sent(Outgoing frame, boolean ok) {
        synchronized (this) {
            sending = false;
            waitingBytes -= frame.size();
            if (!ok) {
                waiting.clear();
                waitingBytes = 0;
            }
        }
        if (!ok) { // a container may keep the socket open, but a client that misses a frame must not go on
            close(BROKEN, "send failed");
        }
        drain();
    }

    private void cut() {
        Optional<CloseReason> unsent;
        synchronized (this) {
            unsent = closeSent ? Optional.empty() : Optional.ofNullable(closing);
            closeSent = true;
        }
        unsent.ifPresent(this::closeSession);
    }

    private void closeSession(CloseReason reason) {
        try {
            session.close(reason);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "the socket was gone before it was closed", e);
        }
    }
}
