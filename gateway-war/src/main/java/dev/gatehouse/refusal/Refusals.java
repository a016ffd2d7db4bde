package dev.gatehouse.refusal;

import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.gatehouse.device.Database;
import dev.gatehouse.spi.TemporarilyUnavailable;

/**
 * Every connection that was not admitted lately, with what is known about it and nothing that is secret.
 *
 * <p>Identical refusals of one client are one, under one id, which its client is told each time. They are in memory, where
 * a storm of them costs no write, and are written down by {@link #flush}: in a crash, what was not yet written is lost.
 * While the database is down nothing is lost but by the bounds of age and number. On several nodes, each lists its own
 * and those that were there when it started; {@link #find} knows all. Safe for concurrent use.
 */
public final class Refusals implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Refusals.class.getName());
    private static final int ID_BYTES = 5;
    private static final int WRITTEN_AT_ONCE = 500;
    private static final Duration SWEEP = Duration.ofMinutes(10);
    private static final Comparator<KeptRefusal> LATEST_FIRST =
            Comparator.comparing(KeptRefusal::lastAt).reversed().thenComparing(KeptRefusal::id);

    private final RefusalTable table;
    private final Supplier<RefusalSettings> settings;
    private final SecureRandom random;
    private final Clock clock;
    private final RefusalMemory memory = new RefusalMemory();

    private final Lock writing = new ReentrantLock();

    // guarded by writing
    private Instant sweptAt = Instant.MIN;
    private boolean isUnwritten;

    /**
     * The refusals of a gateway; none until {@link #load}.
     *
     * @param database where they are written down
     * @param settings for how long and in what number they are kept; asked each time, for they may change
     * @param random draws ids
     * @param clock tells the time
     */
    public Refusals(Database database, Supplier<RefusalSettings> settings, SecureRandom random, Clock clock) {
        this.table = new RefusalTable(database);
        this.settings = settings;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Reads what was written down before; to be called once, before anything is kept. May block.
     *
     * @throws TemporarilyUnavailable when the database cannot answer
     */
    public void load() {
        RefusalSettings bounds = settings.get();
        memory.load(table.latest(bounds.max(), horizon(bounds)), bounds.max());
    }

    /**
     * Keeps a refusal. Never blocks on the database.
     *
     * @return its id: ten hex digits, the same for each that is identical
     */
    public String keep(Occurrence occurrence) {
        RefusalSettings bounds = settings.get();
        return memory.keep(occurrence, this::newId, clock.instant(), horizon(bounds), bounds.max());
    }

    /**
     * The refusal of an id, while it is kept. May block on the database when another node told it.
     *
     * @throws TemporarilyUnavailable when the database cannot answer about an id that is not in memory
     */
    public Optional<KeptRefusal> find(String id) {
        Instant horizon = horizon(settings.get());
        return memory.find(id, horizon).or(() -> table.find(id, horizon));
    }

    /**
     * Refusals, the one that was told last first.
     *
     * @param filter which
     * @param after where to begin
     * @param limit how many at most
     */
    public List<KeptRefusal> list(RefusalFilter filter, RefusalCursor after, int limit) {
        return memory.all(horizon(settings.get())).stream()
                .filter(filter::accepts)
                .filter(after::isBefore)
                .sorted(LATEST_FIRST)
                .limit(limit)
                .toList();
    }

    /**
     * Writes down what is new; may block. What the database does not take is tried again the next time. While another
     * thread does this, nothing happens: a database that hangs holds one thread, and not all of them.
     */
    public void flush() {
        if (writing.tryLock()) {
            try {
                write();
            } finally {
                writing.unlock();
            }
        }
    }

    /** Writes down what is new, for the last time. */
    @Override
    public void close() {
        writing.lock();
        try {
            write();
        } finally {
            writing.unlock();
        }
    }

    private void write() {
        try {
            while (writeSome()) {
                // the rest
            }
            sweep();
            isUnwritten = false;
        } catch (TemporarilyUnavailable e) {
            if (!isUnwritten) {
                LOG.log(Level.WARNING, "refusals are not written down while the database cannot answer", e);
            }
            isUnwritten = true;
        }
    }

    private boolean writeSome() {
        RefusalMemory.Changes changes = memory.takeChanges(WRITTEN_AT_ONCE);
        if (changes.isNone()) {
            return false;
        }
        try {
            table.write(changes.changed(), changes.gone());
        } catch (RuntimeException e) {
            memory.putBack(changes);
            throw e;
        }
        memory.written(changes);
        return true;
    }

    /** Forgets what nobody has in memory: of nodes that are gone, or from when more were kept. */
    private void sweep() {
        Instant now = clock.instant();
        if (sweptAt.isAfter(now.minus(SWEEP))) {
            return;
        }
        table.forgetBefore(horizon(settings.get()));
        sweptAt = now;
    }

    private Instant horizon(RefusalSettings bounds) {
        return clock.instant().minus(bounds.keep());
    }

    private String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
