package dev.gatehouse.device;

import java.util.List;
import java.util.Optional;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;

import dev.gatehouse.spi.Role;

/**
 * The queries on pairing requests, within one transaction. Where one takes {@code oldest}, a waiting request whose last
 * attempt was before that time counts as expired.
 */
final class JpaPairingRequests {

    private static final int LISTED_MAX = 1_000;
    private static final int NAMED_MAX = 10;

    private final EntityManager entityManager;

    JpaPairingRequests(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    Optional<PairingRequestEntity> byId(String requestId) {
        return Optional.ofNullable(entityManager.find(PairingRequestEntity.class, requestId));
    }

    /** The requests in any state whose ids begin so, ten at most. */
    List<PairingRequestEntity> beginningWith(String beginning) {
        return entityManager
                .createQuery(
                        "select r from PairingRequestEntity r where r.requestId like :pattern order by r.requestId",
                        PairingRequestEntity.class)
                .setParameter("pattern", beginning + "%")
                .setMaxResults(NAMED_MAX)
                .getResultList();
    }

    /** The request that holds the key of a device and role, though it may be overdue. */
    Optional<PairingRequestEntity> unresolved(String deviceId, Role role) {
        return entityManager
                .createQuery(
                        "select r from PairingRequestEntity r where r.pendingKey = :key", PairingRequestEntity.class)
                .setParameter("key", GrantEntity.id(deviceId, role))
                .getResultStream()
                .findFirst();
    }

    /** The newest requests of a state, a thousand at most. */
    List<PairingRequestEntity> list(PairingRequest.State state, long oldest) {
        return switch (state) {
            case PENDING ->
                listed("r.state = :state and r.refreshedAt >= :oldest", PairingRequest.State.PENDING)
                        .setParameter("oldest", oldest)
                        .getResultList();
            case EXPIRED ->
                listed(
                                "r.state = :state or (r.state = :pending and r.refreshedAt < :oldest)",
                                PairingRequest.State.EXPIRED)
                        .setParameter("pending", PairingRequest.State.PENDING)
                        .setParameter("oldest", oldest)
                        .getResultList();
            case APPROVED, REJECTED -> listed("r.state = :state", state).getResultList();
        };
    }

    /** The newest requests of a device in any state, a thousand at most. */
    List<PairingRequestEntity> ofDevice(String deviceId) {
        return entityManager
                .createQuery(
                        "select r from PairingRequestEntity r where r.deviceId = :device"
                                + " order by r.createdAt desc, r.requestId",
                        PairingRequestEntity.class)
                .setParameter("device", deviceId)
                .setMaxResults(LISTED_MAX)
                .getResultList();
    }

    List<PairingRequestEntity> waitingOf(String deviceId, long oldest) {
        return entityManager
                .createQuery(
                        "select r from PairingRequestEntity r where r.deviceId = :device"
                                + " and r.state = :pending and r.refreshedAt >= :oldest order by r.role",
                        PairingRequestEntity.class)
                .setParameter("device", deviceId)
                .setParameter("pending", PairingRequest.State.PENDING)
                .setParameter("oldest", oldest)
                .getResultList();
    }

    List<String> overdueIds(long oldest) {
        return entityManager
                .createQuery(
                        "select r.requestId from PairingRequestEntity r"
                                + " where r.state = :pending and r.refreshedAt < :oldest",
                        String.class)
                .setParameter("pending", PairingRequest.State.PENDING)
                .setParameter("oldest", oldest)
                .getResultList();
    }

    long countWaiting(long oldest) {
        return entityManager
                .createQuery(
                        "select count(r) from PairingRequestEntity r"
                                + " where r.state = :pending and r.refreshedAt >= :oldest",
                        Long.class)
                .setParameter("pending", PairingRequest.State.PENDING)
                .setParameter("oldest", oldest)
                .getSingleResult();
    }

    long countWaitingFrom(String peer, long oldest) {
        return entityManager
                .createQuery(
                        "select count(r) from PairingRequestEntity r"
                                + " where r.peer = :peer and r.state = :pending and r.refreshedAt >= :oldest",
                        Long.class)
                .setParameter("peer", peer)
                .setParameter("pending", PairingRequest.State.PENDING)
                .setParameter("oldest", oldest)
                .getSingleResult();
    }

    void removeUnresolved(String deviceId) {
        entityManager
                .createQuery("delete from PairingRequestEntity r where r.deviceId = :device and r.state = :pending")
                .setParameter("device", deviceId)
                .setParameter("pending", PairingRequest.State.PENDING)
                .executeUpdate();
    }

    int removeResolvedBefore(long time) {
        return entityManager
                .createQuery("delete from PairingRequestEntity r where r.resolvedAt < :time")
                .setParameter("time", time)
                .executeUpdate();
    }

    private TypedQuery<PairingRequestEntity> listed(String condition, PairingRequest.State state) {
        return entityManager
                .createQuery(
                        "select r from PairingRequestEntity r where " + condition
                                + " order by r.createdAt desc, r.requestId",
                        PairingRequestEntity.class)
                .setParameter("state", state)
                .setMaxResults(LISTED_MAX);
    }
}
