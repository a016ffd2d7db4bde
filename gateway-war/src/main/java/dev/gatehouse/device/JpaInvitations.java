package dev.gatehouse.device;

import java.util.List;
import java.util.Optional;

import jakarta.persistence.EntityManager;

import dev.gatehouse.spi.Secret;

/** The queries on invitations, within one transaction. */
final class JpaInvitations {

    private static final int LISTED_MAX = 1_000;
    private static final String SELECT = "select i from InvitationEntity i ";

    private final EntityManager entityManager;

    JpaInvitations(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    InvitationEntity get(String invitationId) {
        return Optional.ofNullable(entityManager.find(InvitationEntity.class, invitationId))
                .orElseThrow(() -> new UnknownInvitation(invitationId));
    }

    Optional<InvitationEntity> byToken(Secret token) {
        return entityManager
                .createQuery(SELECT + "where i.tokenHash = :hash or i.joinTokenHash = :hash", InvitationEntity.class)
                .setParameter("hash", SecretHash.of(token).text())
                .getResultStream()
                .findFirst();
    }

    Optional<InvitationEntity> byJoinCode(Secret code) {
        return entityManager
                .createQuery(SELECT + "where i.joinCodeHash = :hash", InvitationEntity.class)
                .setParameter("hash", SecretHash.of(code).text())
                .getResultStream()
                .findFirst();
    }

    /** The newest first, a thousand at most. */
    List<InvitationEntity> list() {
        return entityManager
                .createQuery(SELECT + "order by i.createdAt desc, i.invitationId", InvitationEntity.class)
                .setMaxResults(LISTED_MAX)
                .getResultList();
    }

    long countOpen(long now) {
        return entityManager
                .createQuery(
                        "select count(i) from InvitationEntity i where i.redeemedAt is null and i.revokedAt is null"
                                + " and i.expiresAt > :now",
                        Long.class)
                .setParameter("now", now)
                .getSingleResult();
    }

    int removeExpiredBefore(long time) {
        return entityManager
                .createQuery("delete from InvitationEntity i where i.expiresAt < :time")
                .setParameter("time", time)
                .executeUpdate();
    }
}
