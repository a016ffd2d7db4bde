package dev.gatehouse.device;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import jakarta.persistence.EntityManager;

/**
 * How long device tokens live, if the operator limits that.
 *
 * <p>A token is renewed in the last third of its life, when its device says hello; sessions that came by it end when that
 * third begins, so that they come back for the new one. A token has its end from its birth; those from before the
 * operator set a limit get theirs when the limit is applied, and live as long as one that is new. Safe for concurrent
 * use.
 *
 * @param settings asked each time, for they may change
 */
record TokenLife(Supplier<DeviceSettings> settings) {

    private static final int RENEWED_IN_LAST_PART = 3;
    private static final List<String> LIMITS = List.of(
            "update GrantEntity g set g.tokenExpiresAt = :end"
                    + " where g.tokenHash is not null and (g.tokenExpiresAt is null or g.tokenExpiresAt > :end)",
            "update RetiredTokenEntity t set t.validUntil = :end where t.validUntil > :end");

    Optional<Duration> limit() {
        return settings.get().tokenLifetime();
    }

    /** When a token ends that is issued now. */
    Optional<Long> endOfOneIssuedAt(long now) {
        return limit().map(life -> now + life.toMillis());
    }

    boolean isOver(GrantEntity grant, long now) {
        return limit().flatMap(life -> grant.tokenEnd())
                .filter(end -> end <= now)
                .isPresent();
    }

    /** Whether the next hello is to deliver another token. */
    boolean isToBeRenewed(GrantEntity grant, long now) {
        return limit().isPresent()
                && grant.tokenEnd().filter(end -> renewal(end) <= now).isPresent();
    }

    /** Until when a session lives that came by a token with this end. */
    long endOfSession(long tokenEnd, long now) {
        long renewal = renewal(tokenEnd);
        return now < renewal ? renewal : tokenEnd;
    }

    /** Lets no token live for longer than one that is issued now; tells how many would have. */
    int apply(EntityManager entityManager, long now) {
        return endOfOneIssuedAt(now)
                .map(end -> LIMITS.stream()
                        .mapToInt(limit -> entityManager
                                .createQuery(limit)
                                .setParameter("end", end)
                                .executeUpdate())
                        .sum())
                .orElse(0);
    }

    private long renewal(long end) {
        return end - limit().orElse(Duration.ZERO).toMillis() / RENEWED_IN_LAST_PART;
    }
}
