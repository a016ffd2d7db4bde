package dev.gatehouse.device;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.persistence.EntityManager;

/**
 * The approved devices page by page, the one first approved last first, within a transaction of the registry. The order
 * never changes, so that whoever reads page after page misses none and sees none twice.
 */
final class DevicePages {

    private final EntityManager entityManager;

    DevicePages(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** The devices after a place, so many at most. */
    List<Device> after(DeviceCursor cursor, int limit) {
        List<DeviceEntity> devices = entityManager
                .createQuery(
                        "select d from DeviceEntity d"
                                + " where (d.createdAt < :at or (d.createdAt = :at and d.deviceId > :device))"
                                + " and exists (select g from GrantEntity g where g.deviceId = d.deviceId)"
                                + " order by d.createdAt desc, d.deviceId",
                        DeviceEntity.class)
                .setParameter("at", cursor.createdAt())
                .setParameter("device", cursor.deviceId())
                .setMaxResults(limit)
                .getResultList();
        Map<String, List<DeviceGrant>> grants = grantsOf(devices);
        return devices.stream()
                .map(device -> device.toDevice(grants.getOrDefault(device.deviceId(), List.of())))
                .toList();
    }

    private Map<String, List<DeviceGrant>> grantsOf(List<DeviceEntity> devices) {
        if (devices.isEmpty()) {
            return Map.of();
        }
        List<String> ids = devices.stream().map(DeviceEntity::deviceId).toList();
        return entityManager
                .createQuery("select g from GrantEntity g where g.deviceId in :devices", GrantEntity.class)
                .setParameter("devices", ids)
                .getResultList()
                .stream()
                .sorted(Comparator.comparing(GrantEntity::role))
                .collect(Collectors.groupingBy(
                        GrantEntity::deviceId, Collectors.mapping(GrantEntity::toDeviceGrant, Collectors.toList())));
    }
}
