package dev.gatehouse.management;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;

import dev.gatehouse.digest.Sha256;
import dev.gatehouse.spi.Secret;

/**
 * Remembers, as a hash, the key that was good last, for {@link #REMEMBERED}: so that who reads the metrics can see that
 * the database is down, which keeps every key from being looked up. Safe for concurrent use.
 */
final class LastGoodKey {

    static final Duration REMEMBERED = Duration.ofMinutes(15);

    private final Clock clock;
    private volatile Known known = new Known(new byte[0], Long.MIN_VALUE);

    @SuppressWarnings("ArrayRecordComponent") // private, and compared in constant time
    private record Known(byte[] hash, long until) {}

    LastGoodKey(Clock clock) {
        this.clock = clock;
    }

    void wasGood(Secret key) {
        known = new Known(hash(key), clock.millis() + REMEMBERED.toMillis());
    }

    /** Forgets a key that is none any more. */
    void wasBad(Secret key) {
        if (MessageDigest.isEqual(known.hash(), hash(key))) {
            known = new Known(new byte[0], Long.MIN_VALUE);
        }
    }

    /** Whether a key was good a while ago. */
    boolean matches(Secret key) {
        Known last = known;
        return clock.millis() < last.until() && MessageDigest.isEqual(last.hash(), hash(key));
    }

    private static byte[] hash(Secret key) {
        return Sha256.of(key.expose());
    }
}
