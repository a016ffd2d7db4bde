package dev.gatehouse.console;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.device.ApiKey;
import dev.gatehouse.device.ApiKeys;
import dev.gatehouse.digest.Sha256;
import dev.gatehouse.spi.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The browsers that operators are signed in with. A session ends when it was not used for 30 minutes, after 12 hours, when
 * the operator signs out, when its API key is of no use any more, and when the gateway stops.
 *
 * <p>In memory only, by hashes of the cookies; at most 256, of which the one used least lately makes room. Safe for
 * concurrent use; may block on the database, which is asked about the API key for every call.
 */
public final class ConsoleSessions {

    static final Duration IDLE = Duration.ofMinutes(30);
    static final Duration LIFE = Duration.ofHours(12);
    static final int SESSIONS_MAX = 256;

    private static final int COOKIE_BYTES = 32;

    private final ApiKeys keys;
    private final Clock clock;
    private final SecureRandom random;

    // guarded by this; the one used least lately first
    private final Map<String, Visit> visits = new LinkedHashMap<>();

    private record Visit(String keyId, Instant endsAt, Instant idleAt) {

        boolean isOver(Instant now) {
            return !now.isBefore(endsAt) || !now.isBefore(idleAt);
        }
    }

    /**
     * Nobody is signed in yet.
     *
     * @param keys tells which API keys are good
     * @param clock the gateway's clock
     * @param random draws cookies
     */
    public ConsoleSessions(ApiKeys keys, Clock clock, SecureRandom random) {
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Signs a browser in.
     *
     * @param apiKey what the operator gave
     * @return the session with a cookie that nobody has seen before, or empty when the API key is none of this gateway's
     * @throws dev.gatehouse.spi.TemporarilyUnavailable when the database does not answer
     */
    public Optional<ConsoleSession> open(Secret apiKey) {
        return keys.verify(apiKey).map(this::open);
    }

    private ConsoleSession open(ApiKey key) {
        byte[] bytes = new byte[COOKIE_BYTES];
        random.nextBytes(bytes);
        Secret cookie = Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        Instant now = clock.instant();
        Instant endsAt = now.plus(LIFE);
        remember(Sha256.base64Url(cookie.expose()), new Visit(key.id(), endsAt, now.plus(IDLE)));
        return new ConsoleSession(key, cookie, endsAt);
    }

    /**
     * Finds the session of a call, which counts as use.
     *
     * @param cookie what the browser shows
     * @return the session, or empty when it has ended or there was none
     * @throws dev.gatehouse.spi.TemporarilyUnavailable when the database does not answer
     */
    public Optional<ConsoleSession> find(Secret cookie) {
        String name = Sha256.base64Url(cookie.expose());
        Visit visit = use(name);
        if (visit == null) {
            return Optional.empty();
        }
        Optional<ApiKey> key = keys.find(visit.keyId());
        if (key.isEmpty()) {
            forget(name);
        }
        return key.map(good -> new ConsoleSession(good, cookie, visit.endsAt()));
    }

    /**
     * Signs a browser out, if it is signed in.
     *
     * @param cookie what the browser shows
     */
    public void end(Secret cookie) {
        forget(Sha256.base64Url(cookie.expose()));
    }

    private synchronized void remember(String name, Visit visit) {
        Instant now = clock.instant();
        visits.values().removeIf(known -> known.isOver(now));
        visits.put(name, visit);
        if (visits.size() > SESSIONS_MAX) {
            visits.remove(visits.keySet().iterator().next());
        }
    }

    private synchronized @Nullable Visit use(String name) {
        Visit visit = visits.remove(name);
        Instant now = clock.instant();
        if (visit == null || visit.isOver(now)) {
            return null;
        }
        Visit used = new Visit(visit.keyId(), visit.endsAt(), now.plus(IDLE));
        visits.put(name, used);
        return used;
    }

    private synchronized void forget(String name) {
        visits.remove(name);
    }
}
