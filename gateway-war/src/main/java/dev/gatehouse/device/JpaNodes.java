package dev.gatehouse.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;

import dev.gatehouse.spi.Role;
import org.jspecify.annotations.Nullable;

/** The queries on nodes and what they may be used for, within one transaction. */
final class JpaNodes {

    private static final int LISTED_MAX = 1_000;

    private static final String NODES = "select d, s, r from DeviceEntity d"
            + " join GrantEntity g on g.deviceId = d.deviceId"
            + " left join NodeSurfaceEntity s on s.deviceId = d.deviceId"
            + " left join SurfaceRequestEntity r on r.deviceId = d.deviceId"
            + " where g.role = :node and g.tokenRevokedAt is null";

    private final EntityManager entityManager;

    JpaNodes(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** The grant that a surface hangs off; none while it is revoked. */
    Optional<GrantEntity> grant(String deviceId) {
        return PairedDevices.grantEntity(entityManager, deviceId, Role.NODE).filter(grant -> !grant.isRevoked());
    }

    /** Makes sure that of two transactions that change something about a node, or its grant, one comes after the other. */
    void takeTurn(GrantEntity grant) {
        entityManager.lock(grant, LockModeType.OPTIMISTIC_FORCE_INCREMENT);
    }

    Optional<NodeSurfaceEntity> surface(String deviceId) {
        return Optional.ofNullable(entityManager.find(NodeSurfaceEntity.class, GrantEntity.id(deviceId, Role.NODE)));
    }

    Optional<SurfaceRequestEntity> requestOf(String deviceId) {
        return entityManager
                .createQuery(
                        "select r from SurfaceRequestEntity r where r.grantId = :grant", SurfaceRequestEntity.class)
                .setParameter("grant", GrantEntity.id(deviceId, Role.NODE))
                .getResultStream()
                .findFirst();
    }

    /** The request of this id, or the one of the node of this id. */
    Optional<SurfaceRequestEntity> request(String id) {
        return Optional.ofNullable(entityManager.find(SurfaceRequestEntity.class, id))
                .or(() -> requestOf(id));
    }

    /** Every node, a thousand at most, the one paired last first. */
    List<KnownNode> list() {
        TypedQuery<Object[]> all =
                entityManager.createQuery(NODES + " order by d.approvedAt desc, d.deviceId", Object[].class);
        return all.setParameter("node", Role.NODE).setMaxResults(LISTED_MAX).getResultList().stream()
                .map(JpaNodes::node)
                .toList();
    }

    Optional<KnownNode> node(String deviceId) {
        return entityManager
                .createQuery(NODES + " and d.deviceId = :device", Object[].class)
                .setParameter("node", Role.NODE)
                .setParameter("device", deviceId)
                .getResultStream()
                .findFirst()
                .map(JpaNodes::node);
    }

    /** Forgets what a node may be used for and what it asks for. */
    List<DeviceEvent> forget(String deviceId) {
        List<DeviceEvent> events = new ArrayList<>();
        requestOf(deviceId).ifPresent(request -> {
            entityManager.remove(request);
            events.add(new DeviceEvent.SurfaceRejected(request.requestId(), deviceId));
        });
        surface(deviceId).ifPresent(surface -> {
            entityManager.remove(surface);
            events.add(new DeviceEvent.SurfaceWithdrawn(deviceId));
        });
        entityManager.flush(); // before the grant goes, and the rows with it
        return events;
    }

    private static KnownNode node(Object[] row) {
        DeviceEntity device = (DeviceEntity) row[0];
        @Nullable NodeSurfaceEntity surface = (NodeSurfaceEntity) row[1];
        @Nullable SurfaceRequestEntity request = (SurfaceRequestEntity) row[2];
        Device known = device.toDevice(List.of());
        return new KnownNode(
                known.deviceId(),
                known.label(),
                known.client(),
                known.approvedAt(),
                known.lastSeenAt(),
                Optional.ofNullable(surface).map(NodeSurfaceEntity::toApprovedSurface),
                request != null,
                Optional.ofNullable(request).map(SurfaceRequestEntity::toSurfaceRequest));
    }
}
