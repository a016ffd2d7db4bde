package dev.gatehouse.limit;

import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import dev.gatehouse.device.Database;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.TemporarilyUnavailable;
import dev.gatehouse.spi.VetoReason;

/**
 * Counts wrong secrets, and says who must wait because of them (docs/adr/0045-limits.md).
 *
 * <p>Before the chain is asked, {@link #begin} says whether what a client shows may be compared; afterwards {@link #refused}
 * hears what was wrong. Whoever proves a known device is never refused because of others. Safe for concurrent use; what
 * may block says so.
 */
public final class Guesses implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Guesses.class.getName());
    private static final int GUESSERS_MAX = 10_000;

    /** While others are being compared, and there may be room again at once. */
    private static final Duration SHORTLY = Duration.ofSeconds(1);

    private final Database database;
    private final Supplier<LimitSettings> settings;
    private final Predicate<String> knownDevices;
    private final Clock clock;
    private final WrongSecrets wrongSecrets;
    private final Lock writing = new ReentrantLock();

    // guarded by this
    private final Map<Guesser, Standing> standings = new LinkedHashMap<>(16, 0.75f, true); // the latest at the end
    private final Map<Guesser, Standing> unwritten = new HashMap<>();
    private final GuessMinutes minutes = new GuessMinutes();
    private long comparing;

    private volatile boolean isUnwritten;

    /** What may be done with what a client shows. */
    public sealed interface Entry {

        /** It may be compared; the ticket is to be closed once it was counted. */
        record Open(Ticket ticket) implements Entry {}

        /** It may be compared if the device is known, which {@link Guesses#isKnown} says. */
        record KnownOnly(String deviceId, VetoReason otherwise) implements Entry {}

        /** It is not compared. */
        record Shut(VetoReason reason) implements Entry {}
    }

    /** The right to have one more secret compared, which might turn out wrong. */
    public static final class Ticket implements AutoCloseable {

        /** Of who needs none. */
        public static final Ticket NONE = new Ticket(() -> {});

        private final AtomicBoolean isOver = new AtomicBoolean();
        private final Runnable end;

        private Ticket(Runnable end) {
            this.end = end;
        }

        @Override
        public void close() {
            if (isOver.compareAndSet(false, true)) {
                end.run();
            }
        }
    }

    /**
     * The guesses of a gateway; knows none until {@link #look}.
     *
     * @param settings how many there may be; asked each time, for they may change
     * @param knownDevices whether a device is approved; may block
     * @param random draws the key under which wrong secrets are told apart
     */
    public Guesses(
            Database database,
            Supplier<LimitSettings> settings,
            Predicate<String> knownDevices,
            Clock clock,
            SecureRandom random) {
        this.database = database;
        this.settings = settings;
        this.knownDevices = knownDevices;
        this.clock = clock;
        this.wrongSecrets = new WrongSecrets(random);
    }

    /** Says whether what a client shows may be compared; does not block. */
    public synchronized Entry begin(ConnectContext context) {
        Set<CredentialKind> kinds = CredentialKind.presented(context.credentials());
        if (kinds.isEmpty()) {
            return new Entry.Open(Ticket.NONE);
        }
        long now = clock.millis();
        Optional<String> device = context.device().map(DeviceProof.Verified::deviceId);
        Optional<Guesser> ownLock = device.flatMap(id -> locked(kinds, kind -> Guesser.device(kind, id), now));
        if (ownLock.isPresent()) {
            return new Entry.Shut(reason(ownLock.get(), now));
        }
        Optional<Guesser> lock =
                locked(kinds, kind -> Guesser.at(kind, context.upgrade().address()), now);
        long all = settings.get().guessesPerHour();
        long used = minutes.sum(now) + comparing;
        if (used < (lock.isPresent() ? all / 2 : all)) { // whoever is locked leaves half of it to the others
            comparing++;
            return new Entry.Open(new Ticket(this::compared));
        }
        VetoReason reason = lock.isPresent() && used < all ? reason(lock.get(), now) : usedUp(all, now);
        return device.<Entry>map(id -> new Entry.KnownOnly(id, reason)).orElseGet(() -> new Entry.Shut(reason));
    }

    /** Whether a device may have its secret compared whatever others did; may block. */
    public boolean isKnown(Entry.KnownOnly entry) {
        return knownDevices.test(entry.deviceId());
    }

    /**
     * Hears why the chain refused, and counts a wrong secret; may block. What makes somebody wait is written down before
     * this returns, if the database takes it.
     *
     * @param reason what the client would be told
     * @param objections the codes of everything that a check objected to, also where something else is told: a check that
     *     hides a wrong secret behind its own reason must not let it go uncounted
     * @return what to tell the client: the reason, or when to come back
     */
    public VetoReason refused(ConnectContext context, VetoReason reason, List<String> objections) {
        Optional<CredentialKind> kind = CredentialKind.foundWrong(objections);
        if (kind.isEmpty()) {
            return reason;
        }
        Guesser guesser = guesser(kind.get(), context);
        Standing standing = wrongSecrets.isNew(context.credentials()) ? count(guesser) : standing(guesser);
        long now = clock.millis();
        return standing.delay(now).isPresent() ? reason(guesser, standing, now) : reason;
    }

    /** Forgets which secrets were wrong, because others may be right now. */
    public void secretsChanged() {
        wrongSecrets.forget();
    }

    /** How many addresses and devices are locked. */
    public synchronized long locked() {
        long now = clock.millis();
        return standings.values().stream()
                .filter(standing -> standing.isLocked(now))
                .count();
    }

    /** How many wrong secrets are still compared this hour. */
    public synchronized long left() {
        return Math.max(0, settings.get().guessesPerHour() - minutes.sum(clock.millis()));
    }

    /** Reads what other nodes counted, or this one before it was started; may block. */
    public void look() {
        long now = clock.millis();
        record Kept(Map<Long, Long> minutes, Map<Guesser, Standing> standings) {}
        writing.lock();
        try {
            Kept kept = database.jdbc(connection -> {
                GuessTable table = new GuessTable(connection);
                table.forget(GuessMinutes.oldest(now), now);
                return new Kept(table.minutes(GuessMinutes.oldest(now)), table.standings(GUESSERS_MAX));
            });
            synchronized (this) {
                minutes.stored(kept.minutes(), Map.of());
                kept.standings().forEach(this::learn);
            }
        } finally {
            writing.unlock();
        }
    }

    /** Writes down what is new; may block. While another thread does this, nothing happens. */
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
        writeNow();
    }

    private Standing count(Guesser guesser) {
        boolean mustBeWritten;
        Standing after;
        synchronized (this) {
            long now = clock.millis();
            minutes.add(now);
            Standing before = standings.getOrDefault(guesser, Standing.NONE);
            after = before.afterGuess(now);
            put(guesser, after);
            mustBeWritten = !after.equals(before) && after.isLimited(now);
            if (mustBeWritten) {
                unwritten.put(guesser, after);
            }
        }
        if (mustBeWritten) {
            writeNow();
        }
        return after;
    }

    /** A database that cannot answer makes nobody right: what was counted holds in memory, and is written later. */
    private void writeNow() {
        writing.lock();
        try {
            write();
            isUnwritten = false;
        } catch (TemporarilyUnavailable e) {
            if (!isUnwritten) {
                LOG.log(Level.WARNING, "wrong secrets are counted in memory alone while the database cannot answer", e);
            }
            isUnwritten = true;
        } finally {
            writing.unlock();
        }
    }

    private void write() {
        Map<Long, Long> added;
        Map<Guesser, Standing> changed;
        synchronized (this) {
            added = minutes.unwritten();
            changed = Map.copyOf(unwritten);
        }
        if (added.isEmpty() && changed.isEmpty()) {
            return;
        }
        long oldest = GuessMinutes.oldest(clock.millis());
        Map<Long, Long> stored = database.jdbc(connection -> {
            GuessTable table = new GuessTable(connection);
            table.add(added);
            for (Map.Entry<Guesser, Standing> one : changed.entrySet()) {
                table.keep(one.getKey(), one.getValue());
            }
            return table.minutes(oldest);
        });
        synchronized (this) {
            minutes.stored(stored, added);
            changed.forEach(unwritten::remove);
        }
    }

    private synchronized Standing standing(Guesser guesser) {
        return standings.getOrDefault(guesser, Standing.NONE);
    }

    private synchronized void compared() {
        comparing--;
    }

    /** Takes what another node wrote, unless this one knows of something later. */
    private void learn(Guesser guesser, Standing written) {
        Standing own = standings.getOrDefault(guesser, Standing.NONE);
        if (written.isAfter(own)) {
            put(guesser, written);
        }
    }

    private void put(Guesser guesser, Standing standing) {
        standings.put(guesser, standing);
        if (standings.size() > GUESSERS_MAX) {
            standings.remove(standings.keySet().iterator().next());
        }
    }

    private Optional<Guesser> locked(Set<CredentialKind> kinds, Function<CredentialKind, Guesser> guesser, long now) {
        return kinds.stream()
                .map(guesser)
                .filter(one -> standings.getOrDefault(one, Standing.NONE).isLocked(now))
                .findFirst();
    }

    /** Whoever proves a known device answers for itself alone; may block. */
    private Guesser guesser(CredentialKind kind, ConnectContext context) {
        return context.device()
                .map(DeviceProof.Verified::deviceId)
                .filter(this::isKnown)
                .map(id -> Guesser.device(kind, id))
                .orElseGet(() -> Guesser.at(kind, context.upgrade().address()));
    }

    /** While nobody can tell, a device counts as its address does. */
    private boolean isKnown(String deviceId) {
        try {
            return knownDevices.test(deviceId);
        } catch (TemporarilyUnavailable e) {
            return false;
        }
    }

    private VetoReason reason(Guesser guesser, long now) {
        return reason(guesser, standings.getOrDefault(guesser, Standing.NONE), now);
    }

    private VetoReason reason(Guesser guesser, Standing standing, long now) {
        return GuessReasons.ofGuesser(guesser, standing.delay(now).orElse(SHORTLY), clock.instant());
    }

    private VetoReason usedUp(long all, long now) {
        Duration wait = minutes.untilFewerThan(all, now);
        return GuessReasons.ofEverybody(wait.isZero() ? SHORTLY : wait, clock.instant());
    }
}
