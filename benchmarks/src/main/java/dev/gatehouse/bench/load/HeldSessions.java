package dev.gatehouse.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.gatehouse.bench.client.Answer;
import dev.gatehouse.bench.client.Session;

/**
 * A crowd of admitted sessions that do nothing but answer the gateway's pings.
 *
 * <p>A few threads open them; one thread with a selector then keeps all of them alive until {@link #close}.
 */
public final class HeldSessions implements Closeable {

    private final Selector selector = Selector.open();
    private final ConcurrentLinkedQueue<Session> arrivals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger alive = new AtomicInteger();
    private final Errors errors = new Errors();
    private final Thread keeper = new Thread(this::keepAlive, "keeper");
    private final Consumer<Session> ended;
    private volatile boolean closing;

    /** Nobody is expected to be sent away: a session that the gateway ends is an error. */
    public HeldSessions() throws IOException {
        this.ended = session -> errors.add("session ended by the gateway");
        startKeeper();
    }

    /**
     * Sessions that the gateway is expected to end.
     *
     * @param ended told of each, on the thread that keeps them, as soon as its close frame is read
     */
    public HeldSessions(Consumer<Session> ended) throws IOException {
        this.ended = ended;
        startKeeper();
    }

    private void startKeeper() {
        keeper.setDaemon(true);
        keeper.start();
    }

    /** Opens so many sessions, with so many attempts under way at a time; failed ones are counted, not repeated. */
    public void open(int count, int parallel, Attempt attempt) throws InterruptedException {
        ExecutorService openers = Executors.newFixedThreadPool(parallel);
        for (int i = 0; i < count; i++) {
            openers.execute(() -> openOne(attempt));
        }
        openers.shutdown();
        if (!openers.awaitTermination(1, TimeUnit.HOURS)) {
            throw new IllegalStateException(count + " sessions are not open after an hour");
        }
    }

    private void openOne(Attempt attempt) {
        try {
            Session session = attempt.make();
            if (session.answer() instanceof Answer.Admitted) {
                alive.incrementAndGet();
                arrivals.add(session);
                selector.wakeup();
                return;
            }
            errors.add(session.answer().kind());
            session.close();
        } catch (IOException e) {
            errors.add(e);
        }
    }

    /** Admitted and not closed by the gateway since. */
    public int alive() {
        return alive.get();
    }

    public Map<String, Long> errors() {
        return errors.counts();
    }

    private void keepAlive() {
        try {
            while (!closing) {
                selector.select(this::serve);
                for (Session session = arrivals.poll(); session != null; session = arrivals.poll()) {
                    session.hold(selector);
                }
            }
        } catch (IOException e) {
            errors.add(e);
        }
    }

    private void serve(SelectionKey key) {
        Session session = (Session) key.attachment();
        try {
            if (session.drain()) {
                return;
            }
            ended.accept(session);
            session.close();
        } catch (IOException e) {
            errors.add(e);
        }
        key.cancel();
        alive.decrementAndGet();
    }

    /** Says goodbye for every session that is still there. */
    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        joinKeeper();
        for (SelectionKey key : selector.keys()) {
            try (Session session = (Session) key.attachment()) {
                session.sayGoodbye();
            } catch (IOException e) {
                errors.add(e);
            }
        }
        selector.close();
    }

    private void joinKeeper() {
        try {
            keeper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
