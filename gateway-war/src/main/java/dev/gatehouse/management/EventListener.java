package dev.gatehouse.management;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import dev.gatehouse.journal.JournalEntry;
import dev.gatehouse.spi.TemporarilyUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the event stream (WHATWG HTML, server-sent events): what it has heard, and what it wants to hear. Runs on
 * one thread until its client leaves, its key ends, or the gateway stops.
 */
final class EventListener implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(EventListener.class);
    private static final int PAGE = 200;
    private static final long QUIET_SECONDS = 15;

    private final EventFeed feed;
    private final EventFeed.Place from;
    private final EventTypes types;
    private final BooleanSupplier mayListen;
    private final OutputStream output;
    private final Runnable atEnd;
    private final Semaphore news = new Semaphore(0);
    private volatile boolean isEnded;

    /**
     * A listener.
     *
     * @param from where it begins
     * @param types what it wants to hear
     * @param mayListen whether its key is still good; asked every 15 s
     * @param output to the client; blocking
     * @param atEnd closes the response
     */
    EventListener(
            EventFeed feed,
            EventFeed.Place from,
            EventTypes types,
            BooleanSupplier mayListen,
            OutputStream output,
            Runnable atEnd) {
        this.feed = feed;
        this.from = from;
        this.types = types;
        this.mayListen = mayListen;
        this.output = output;
        this.atEnd = atEnd;
    }

    /** There may be something new. */
    void wake() {
        if (news.availablePermits() == 0) {
            news.release();
        }
    }

    void end() {
        isEnded = true;
        news.release();
    }

    @Override
    public void run() {
        try {
            listen();
        } catch (IOException e) {
            LOG.debug("a client of the event stream has left", e);
        } catch (TemporarilyUnavailable e) {
            LOG.warn("an event stream ends, because the database cannot answer; its client comes back", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("an event stream failed; its client comes back", e);
        } finally {
            complete();
        }
    }

    private void complete() {
        try {
            atEnd.run();
        } catch (IllegalStateException e) { // containers end a response by themselves when its client has left
            LOG.debug("an event stream had ended already", e);
        }
    }

    private void listen() throws IOException, InterruptedException {
        // Tells the client at once that it is heard, and when to come back after a break.
        write("retry: 3000\n\n");
        if (from.gapUntil().isPresent()) {
            write("event: events.gap\ndata: {\"firstKept\":" + from.gapUntil().get() + "}\n\n");
        }
        output.flush();
        long heard = from.after();
        while (!isEnded) {
            List<JournalEntry> page = feed.after(heard, PAGE);
            for (JournalEntry entry : page) {
                heard = entry.sequence();
                if (types.include(entry.type())) {
                    write("id: " + heard + "\nevent: " + entry.type() + "\ndata: " + entry.document() + "\n\n");
                }
            }
            output.flush();
            if (page.size() < PAGE && !news.tryAcquire(QUIET_SECONDS, TimeUnit.SECONDS)) {
                if (!mayListen.getAsBoolean()) {
                    return;
                }
                write(":\n\n"); // shows that nothing is broken, and notices when the client has left
            }
        }
    }

    private void write(String text) throws IOException {
        output.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
