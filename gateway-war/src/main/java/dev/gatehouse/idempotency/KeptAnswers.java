package dev.gatehouse.idempotency;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.gatehouse.device.Database;

/**
 * The calls of the last day that have an idempotency key, and their answers, for every node of the gateway.
 *
 * <p>A call is written down before it is done, so that it is never done twice unnoticed: when the gateway stops in between, the
 * next caller is told that nobody knows how it ended. Nothing that is kept can be read without the credential and the
 * idempotency key ({@link Seal}).
 *
 * <p>Safe for concurrent use. Every method is one transaction, and throws {@link
 * dev.gatehouse.spi.TemporarilyUnavailable} when the database cannot answer.
 */
public final class KeptAnswers {

    /** How long an answer is kept. */
    public static final Duration KEPT = Duration.ofHours(24);

    /** How many calls of one API key are kept. */
    public static final int MAX_PER_KEY = 1_000;

    /** How many calls are kept. */
    public static final int MAX = 10_000;

    /** After so long a call is not believed to be under way any more. */
    static final Duration LONGEST_CALL = Duration.ofMinutes(1);

    /** An answer that is larger is not kept; there is none in the API. */
    private static final int SEALED_MAX = 400_000;

    private final Database database;
    private final Clock clock;
    private final SecureRandom random;

    /**
     * The calls that a database keeps.
     *
     * @param database where they are kept
     * @param clock tells the time
     * @param random draws what each answer is sealed with besides its key
     */
    public KeptAnswers(Database database, Clock clock, SecureRandom random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Begins a call; whoever is told {@link Standing.Fresh} does it, and says how it ended.
     *
     * @param keyId the API key of the caller, by which calls are counted
     * @param seal of the call
     * @param asked everything that the answer depends on
     */
    public Standing begin(String keyId, Seal seal, byte[] asked) {
        String request = seal.requestOf(asked);
        return database.jdbc(connection -> begin(connection, keyId, seal, request));
    }

    /** Keeps the answer of a call that was begun. */
    public void keep(Seal seal, KeptAnswer answer) {
        String sealed = seal.close(answer.written(), random);
        if (sealed.length() > SEALED_MAX) {
            lose(seal);
            return;
        }
        int kept = database.jdbc(connection -> new KeptCalls(connection).answer(seal.callId(), sealed));
        if (kept == 0) {
            throw new IllegalStateException("a call was answered that was not begun");
        }
    }

    /** Forgets a call that was begun and that changed nothing, so that it can be made again. */
    public void forget(Seal seal) {
        int unused = database.jdbc(connection -> new KeptCalls(connection).remove(seal.callId()));
    }

    /** Notes that nobody knows what a call that was begun has changed. */
    public void lose(Seal seal) {
        int unused = database.jdbc(connection -> new KeptCalls(connection).lose(seal.callId()));
    }

    /**
     * Forgets calls of the day before.
     *
     * @return how many
     */
    public int forgetOld() {
        return database.jdbc(connection -> new KeptCalls(connection).removeBefore(oldest()));
    }

    private Standing begin(Connection connection, String keyId, Seal seal, String request) throws SQLException {
        KeptCalls calls = new KeptCalls(connection);
        Optional<KeptCalls.Call> known = calls.find(seal.callId());
        if (known.isPresent() && known.get().begunAt() > oldest()) {
            return standing(known.get(), seal, request);
        }
        if (known.isPresent()) {
            calls.remove(seal.callId());
        }
        Optional<Long> full = calls.oldestWhenFull(keyId, oldest(), MAX_PER_KEY, MAX);
        if (full.isPresent()) {
            return new Standing.Full(Duration.ofMillis(full.get() + KEPT.toMillis() - clock.millis()));
        }
        calls.insert(seal.callId(), keyId, request, clock.millis());
        return new Standing.Fresh();
    }

    private Standing standing(KeptCalls.Call call, Seal seal, String request) {
        if (!call.request().equals(request)) {
            return new Standing.Reused();
        }
        if (call.answer().isPresent()) {
            return new Standing.Answered(KeptAnswer.read(seal.open(call.answer().get())));
        }
        Instant begun = Instant.ofEpochMilli(call.begunAt());
        return call.isLost() || begun.plus(LONGEST_CALL).isBefore(clock.instant())
                ? new Standing.Unknown(begun)
                : new Standing.UnderWay();
    }

    private long oldest() {
        return clock.millis() - KEPT.toMillis();
    }
}
