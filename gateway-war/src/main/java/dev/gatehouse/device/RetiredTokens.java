package dev.gatehouse.device;

import java.util.List;
import java.util.Optional;

import jakarta.persistence.EntityManager;

import dev.gatehouse.device.RetiredTokenEntity.Fate;

/** The queries on tokens that were replaced or revoked, within one transaction. */
final class RetiredTokens {

    /** A client may rotate its own token as often as it likes; so many of them are remembered. */
    private static final int KEPT_MAX = 8;

    private final EntityManager entityManager;

    RetiredTokens(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    Optional<RetiredTokenEntity> find(GrantEntity grant, SecretHash hash) {
        return Optional.ofNullable(entityManager.find(RetiredTokenEntity.class, hash.text()))
                .filter(retired -> retired.grantId().equals(grant.grantId()));
    }

    /** Until when the replaced tokens of a grant are valid; empty when none is, or so many are that one more is too many. */
    Optional<Long> overlapEnd(GrantEntity grant, long now) {
        List<Long> ends = entityManager
                .createQuery(
                        "select t.validUntil from RetiredTokenEntity t where t.grantId = :grant and t.validUntil > :now",
                        Long.class)
                .setParameter("grant", grant.grantId())
                .setParameter("now", now)
                .getResultList();
        return ends.size() < KEPT_MAX ? ends.stream().max(Long::compare) : Optional.empty();
    }

    void add(GrantEntity grant, SecretHash hash, Fate fate, long validUntil, long now) {
        entityManager.persist(new RetiredTokenEntity(grant, hash, fate, validUntil, now));
        entityManager.flush();
        forgetOldest(grant);
    }

    /** Lets no replaced token of a grant be valid for longer than this. */
    void endBy(GrantEntity grant, long time) {
        entityManager
                .createQuery("update RetiredTokenEntity t set t.validUntil = :time"
                        + " where t.grantId = :grant and t.validUntil > :time")
                .setParameter("time", time)
                .setParameter("grant", grant.grantId())
                .executeUpdate();
    }

    /** Revokes the replaced tokens of a grant that are still valid. */
    void revoke(GrantEntity grant, long now) {
        entityManager
                .createQuery("update RetiredTokenEntity t set t.validUntil = :now, t.fate = :revoked"
                        + " where t.grantId = :grant and t.validUntil > :now")
                .setParameter("now", now)
                .setParameter("revoked", Fate.REVOKED)
                .setParameter("grant", grant.grantId())
                .executeUpdate();
    }

    private void forgetOldest(GrantEntity grant) {
        List<RetiredTokenEntity> oldest = entityManager
                .createQuery(
                        "select t from RetiredTokenEntity t where t.grantId = :grant"
                                + " order by t.validUntil desc, t.retiredAt desc, t.tokenHash",
                        RetiredTokenEntity.class)
                .setParameter("grant", grant.grantId())
                .setFirstResult(KEPT_MAX)
                .getResultList();
        oldest.forEach(entityManager::remove);
    }
}
