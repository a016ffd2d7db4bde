package dev.gatehouse.device;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;

import dev.gatehouse.spi.DeviceDirectory;
import dev.gatehouse.spi.PairingDesk;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;

/**
 * The approved devices and their grants, within transactions of the registry. A device is known by its grants: one
 * without any does not exist. Stateless; safe for concurrent use.
 */
final class PairedDevices {

    private static final String DEVICES_AND_GRANTS =
            "select d, g from DeviceEntity d, GrantEntity g where g.deviceId = d.deviceId";

    private final Clock clock;

    PairedDevices(Clock clock) {
        this.clock = clock;
    }

    Optional<DeviceDirectory.PairedDevice> find(EntityManager entityManager, String deviceId) {
        List<Object[]> rows = rowsOf(entityManager, deviceId);
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        DeviceEntity device = (DeviceEntity) rows.get(0)[0];
        ClientFacts pinned = device.client();
        Map<Role, DeviceDirectory.Grant> grants = new EnumMap<>(Role.class);
        for (Object[] row : rows) {
            GrantEntity grant = (GrantEntity) row[1];
            if (!grant.isRevoked()) {
                grants.put(grant.role(), grant.toGrant());
            }
        }
        return Optional.of(new DeviceDirectory.PairedDevice(
                device.deviceId(),
                device.publicKey(),
                Optional.of(pinned.platform()).filter(platform -> !platform.isBlank()),
                pinned.deviceFamily().filter(family -> !family.isBlank()),
                Map.copyOf(grants)));
    }

    Optional<DeviceDirectory.Grant> grant(EntityManager entityManager, String deviceId, Role role) {
        return grantEntity(entityManager, deviceId, role)
                .filter(grant -> !grant.isRevoked())
                .map(GrantEntity::toGrant);
    }

    boolean isRevoked(EntityManager entityManager, String deviceId, Role role) {
        return grantEntity(entityManager, deviceId, role)
                .filter(GrantEntity::isRevoked)
                .isPresent();
    }

    /** Whether a device of the id of a claim was approved with another key. */
    boolean isKeyChanged(EntityManager entityManager, PairingDesk.Claim claim) {
        return Optional.ofNullable(
                        entityManager.find(DeviceEntity.class, claim.device().deviceId()))
                .filter(known -> !known.publicKey().equals(claim.device().publicKey()))
                .isPresent();
    }

    static Device get(EntityManager entityManager, String deviceId) {
        return devices(rowsOf(entityManager, deviceId)).stream()
                .findFirst()
                .orElseThrow(() -> new UnknownDevice(deviceId));
    }

    /** The device as it stays until the transaction ends. */
    static Device locked(EntityManager entityManager, String deviceId) {
        entityManager.find(DeviceEntity.class, deviceId, LockModeType.PESSIMISTIC_WRITE);
        entityManager
                .createQuery("select g from GrantEntity g where g.deviceId = :device", GrantEntity.class)
                .setParameter("device", deviceId)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
        return get(entityManager, deviceId);
    }

    /** The device of this id, as a list. */
    List<Device> listOf(EntityManager entityManager, String deviceId) {
        return devices(rowsOf(entityManager, deviceId));
    }

    /**
     * Gives a device what was approved of a request, and pins what its client said.
     *
     * @return everything that the device holds for the role of the request now
     */
    Scopes grant(EntityManager entityManager, PairingRequestEntity request, Scopes approved, Approval approval) {
        DeviceEntity device = deviceFor(entityManager, request, approval.via());
        device.pin(request, approval.via(), clock.millis());
        approval.label().map(Label::new).map(Label::text).ifPresent(device::relabel);
        entityManager.flush(); // a new device must be there before its grant
        GrantEntity grant = grantEntity(entityManager, request.deviceId(), request.role())
                .orElseGet(() -> {
                    GrantEntity fresh = new GrantEntity(request.deviceId(), request.role());
                    entityManager.persist(fresh);
                    return fresh;
                });
        grant.widen(approved, request.scopes());
        return grant.toGrant().scopes();
    }

    void relabel(EntityManager entityManager, String deviceId, Label label) {
        existing(entityManager, deviceId).relabel(label.text());
    }

    void remove(EntityManager entityManager, String deviceId) {
        DeviceEntity device = existing(entityManager, deviceId);
        removeGrants(entityManager, deviceId);
        entityManager.remove(device);
    }

    private DeviceEntity deviceFor(EntityManager entityManager, PairingRequestEntity request, ApprovedVia via) {
        DeviceEntity known = entityManager.find(DeviceEntity.class, request.deviceId());
        if (known == null) {
            DeviceEntity device = new DeviceEntity(request, via, clock.millis());
            entityManager.persist(device);
            return device;
        }
        if (!known.publicKey().equals(request.publicKey())) {
            throw new KeyConflict(request.deviceId()); // what the holder of another key was granted is not this one's
        }
        return known;
    }

    /** The grant of a device for a role, even if it is revoked. */
    static Optional<GrantEntity> grantEntity(EntityManager entityManager, String deviceId, Role role) {
        return Optional.ofNullable(entityManager.find(GrantEntity.class, GrantEntity.id(deviceId, role)));
    }

    private static DeviceEntity existing(EntityManager entityManager, String deviceId) {
        return Optional.ofNullable(entityManager.find(DeviceEntity.class, deviceId))
                .orElseThrow(() -> new UnknownDevice(deviceId));
    }

    private static void removeGrants(EntityManager entityManager, String deviceId) {
        entityManager
                .createQuery("delete from GrantEntity g where g.deviceId = :device")
                .setParameter("device", deviceId)
                .executeUpdate();
    }

    private static List<Object[]> rowsOf(EntityManager entityManager, String deviceId) {
        return entityManager
                .createQuery(DEVICES_AND_GRANTS + " and d.deviceId = :device", Object[].class)
                .setParameter("device", deviceId)
                .getResultList();
    }

    private static List<Device> devices(List<Object[]> rows) {
        Map<DeviceEntity, List<DeviceGrant>> grants = new LinkedHashMap<>();
        for (Object[] row : rows) {
            grants.computeIfAbsent((DeviceEntity) row[0], device -> new ArrayList<>())
                    .add(((GrantEntity) row[1]).toDeviceGrant());
        }
        return grants.entrySet().stream()
                .map(entry -> entry.getKey()
                        .toDevice(entry.getValue().stream()
                                .sorted(Comparator.comparing(DeviceGrant::role))
                                .toList()))
                .toList();
    }
}
