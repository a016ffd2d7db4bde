package dev.gatehouse.journal;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import dev.gatehouse.device.Actor;
import dev.gatehouse.device.Database;
import dev.gatehouse.journal.JdbcJournal.Head;
import dev.gatehouse.spi.TemporarilyUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that happened, in order (docs/adr/0036-one-journal.md).
 *
 * <p>Safe for concurrent use. Notes are numbered by a thread of the journal, a quarter of a second later at most; a
 * database that is down delays that. Reading may block on the database and throws {@link TemporarilyUnavailable} when that
 * cannot answer.
 */
public final class Journal implements AutoCloseable {

    /** The most entries that one call reads. */
    public static final int LIMIT_MAX = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final Duration WRITE_EVERY = Duration.ofMillis(250);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final Duration TRIM_EVERY = Duration.ofMinutes(1);
    private static final Duration HASH_EVERY = Duration.ofHours(1);

    /** So many entries are removed in one transaction. */
    private static final int TRIMMED_AT_ONCE = 5000;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int WAITING_MAX = 10_000;

    private final Database database;
    private final Supplier<AuditSettings> settings;
    private final Clock clock;
    private final List<Runnable> readers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean isWoken = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread daemon = new Thread(work, "gatehouse-journal");
        daemon.setDaemon(true);
        return daemon;
    });

    // guarded by itself
    private final Deque<Note> decisions = new ArrayDeque<>();

    // guarded by decisions
    private long lost;

    private boolean isLate; // confined to the journal's thread

    /**
     * The journal of a database; writes nothing until {@link #begin}.
     *
     * @param settings how much is kept; asked each time, for it may change
     * @param clock tells the time
     */
    public Journal(Database database, Supplier<AuditSettings> settings, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** The journal of a database for a process that is no gateway: it can be read and verified. */
    public static Journal toRead(Database database, Clock clock) {
        return new Journal(
                database,
                () -> {
                    throw new IllegalStateException("only a gateway trims the journal");
                },
                clock);
    }

    /** Starts the thread that numbers and trims. */
    public void begin() {
        long millis = WRITE_EVERY.toMillis();
        var unusedWriting = thread.scheduleWithFixedDelay(this::writeDecisions, millis, millis, TimeUnit.MILLISECONDS);
        var unusedLooking =
                thread.scheduleWithFixedDelay(this::writeOrWait, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        var unusedTrimming =
                thread.scheduleWithFixedDelay(this::trimOrWait, 0, TRIM_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        var unusedHash = thread.scheduleWithFixedDelay(this::logHash, 0, HASH_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Notes something that the gateway did or decided.
     *
     * @param type what kind of thing
     * @param actor on whose behalf
     * @param deviceId the device that it is about, if it is about one
     * @param data what else there is to know; never a secret
     */
    public void note(String type, Actor actor, Optional<String> deviceId, Map<String, Object> data) {
        Note note = new Note(clock.instant(), type, actor, deviceId, data);
        synchronized (decisions) {
            if (decisions.size() < WAITING_MAX) {
                decisions.add(note);
            } else {
                lost++;
            }
        }
    }

    /** Numbers what waits soon, without waiting for the next quarter of a second. */
    public void wake() {
        if (!thread.isShutdown() && isWoken.compareAndSet(false, true)) {
            thread.execute(() -> {
                isWoken.set(false);
                writeOrWait();
            });
        }
    }

    /**
     * Calls somebody after each time that the journal grew, on the journal's thread; must not block.
     *
     * @param reader who reads what is new
     */
    public void whenGrown(Runnable reader) {
        readers.add(reader);
    }

    /** The number of the last entry; 0 when there is none. */
    public long last() {
        return database.jdbc(connection -> new JdbcJournal(connection).head().sequence());
    }

    /** The number of the first entry that is kept; one more than the last when none is. */
    public long first() {
        return database.jdbc(connection -> new JdbcJournal(connection).head().firstSequence());
    }

    /**
     * Reads on from a place, in order.
     *
     * @param sequence the number before the first to read
     * @param limit how many at most, 1 to {@value #LIMIT_MAX}
     */
    public List<JournalEntry> after(long sequence, int limit) {
        return database.jdbc(connection -> new JdbcJournal(connection).after(sequence, limit));
    }

    /**
     * Reads back from a place, the last one first.
     *
     * @param sequence the number after the first to read
     * @param limit how many at most, 1 to {@value #LIMIT_MAX}
     */
    public List<JournalEntry> before(long sequence, int limit) {
        return database.jdbc(connection -> new JdbcJournal(connection).before(sequence, limit));
    }

    /**
     * Reads back what happened to a device, the last one first.
     *
     * @param deviceId the device
     * @param sequence the number after the first to read
     * @param limit how many at most, 1 to {@value #LIMIT_MAX}
     */
    public List<JournalEntry> aboutBefore(String deviceId, long sequence, int limit) {
        return database.jdbc(connection -> new JdbcJournal(connection).aboutBefore(deviceId, sequence, limit));
    }

    /** Checks every entry that is kept against the chain; takes a while when there are many. */
    public Verification verify() {
        return new ChainCheck(database).run();
    }

    /** Writes what waits, and stops the thread; what a dead database keeps from being written is lost. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the journal is still being written; its last entries may be missing");
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writeOrWait();
    }

    /** Numbers what waits now; what comes meanwhile waits for the next time, so that trimming has its turn as well. */
    void write() {
        int written;
        do {
            List<Note> batch = waiting();
            written = database.jdbc(connection -> Scribe.write(connection, batch));
            forget(batch.size());
            if (written > 0) {
                readers.forEach(Runnable::run);
            }
        } while (written >= Scribe.BATCH);
        noteLost();
    }

    /** Removes what is kept for too long, or too much. */
    void trim() {
        boolean isMore;
        do {
            isMore = trimSome();
        } while (isMore);
    }

    private boolean trimSome() {
        AuditSettings limits = settings.get();
        return database.jdbc(connection -> {
            JdbcJournal journal = new JdbcJournal(connection);
            Head head = journal.lockedHead();
            long tooOld =
                    journal.lastBefore(clock.instant().minus(limits.keep())).orElse(0L);
            long last = Math.max(tooOld, head.sequence() - limits.maxEntries());
            if (last < head.firstSequence()) {
                return false;
            }
            long upTo = Math.min(last, head.firstSequence() + TRIMMED_AT_ONCE - 1);
            String hash = journal.after(upTo - 1, 1).get(0).hash();
            journal.removeUpTo(upTo);
            journal.moveHead(new Head(head.sequence(), head.hash(), upTo + 1, hash));
            return upTo < last;
        });
    }

    /** Changes of this gateway are written at once; only decisions wait for this. */
    private void writeDecisions() {
        if (!waiting().isEmpty()) {
            writeOrWait();
        }
    }

    private void writeOrWait() {
        try {
            write();
            isLate = false;
        } catch (TemporarilyUnavailable e) {
            if (!isLate) {
                LOG.warn("the journal cannot be written; what happens waits", e);
            }
            isLate = true;
        } catch (RuntimeException e) { // a task that throws would never run again
            LOG.error("the journal cannot be written; trying again", e);
        }
    }

    private void trimOrWait() {
        try {
            trim();
        } catch (RuntimeException e) {
            LOG.warn("the journal cannot be trimmed; trying again", e);
        }
    }

    /** A copy of the log tells whether somebody wrote another chain since. */
    private void logHash() {
        try {
            Head head = database.jdbc(connection -> new JdbcJournal(connection).head());
            LOG.info("entry {} of the audit has the hash {}", head.sequence(), head.hash());
        } catch (RuntimeException e) {
            LOG.warn("the journal cannot be read; trying again in an hour", e);
        }
    }

    private List<Note> waiting() {
        synchronized (decisions) {
            return decisions.stream().limit(Scribe.BATCH).toList();
        }
    }

    private void forget(int written) {
        synchronized (decisions) {
            for (int i = 0; i < written; i++) {
                decisions.removeFirst();
            }
        }
    }

    /** The gap itself is noted whatever waits already. */
    private void noteLost() {
        synchronized (decisions) {
            if (lost > 0) {
                Map<String, Object> data = Map.of("decisionsNotWritten", lost);
                decisions.add(new Note(clock.instant(), "audit.gap", Actor.GATEWAY, Optional.empty(), data));
                lost = 0;
            }
        }
    }
}
