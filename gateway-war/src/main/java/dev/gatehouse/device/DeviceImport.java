package dev.gatehouse.device;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.persistence.EntityManager;

import dev.gatehouse.device.ImportOutcome.Kind;

/**
 * Takes over devices that another gateway approved, within transactions of the registry. A device that is known already
 * is never touched: whoever approved, cut or removed something here decided later. Stateless; safe for concurrent use.
 */
final class DeviceImport {

    private DeviceImport() {}

    /** Takes over whatever is new. */
    static Change<List<ImportOutcome>> apply(EntityManager entityManager, List<ImportedDevice> devices) {
        List<ImportOutcome> outcomes = rehearse(entityManager, devices);
        List<ImportedDevice> taken = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i).kind() == Kind.IMPORTED) {
                taken.add(devices.get(i));
            }
        }
        taken.forEach(device -> entityManager.persist(new DeviceEntity(device)));
        entityManager.flush(); // the devices must be there before their grants
        for (ImportedDevice device : taken) {
            device.grants().forEach(grant -> entityManager.persist(new GrantEntity(device.deviceId(), grant)));
        }
        return taken.isEmpty()
                ? Change.of(outcomes)
                : Change.of(
                        outcomes, new DeviceEvent.DevicesImported(taken.get(0).deviceId(), taken.size()));
    }

    /** What would become of each, without changing anything; a device that comes twice is known the second time. */
    static List<ImportOutcome> rehearse(EntityManager entityManager, List<ImportedDevice> devices) {
        Set<String> before = new HashSet<>();
        return devices.stream()
                .map(device -> new ImportOutcome(
                        device.deviceId(),
                        before.add(device.deviceId()) ? kind(entityManager, device) : Kind.LEFT_ALONE))
                .toList();
    }

    private static Kind kind(EntityManager entityManager, ImportedDevice device) {
        DeviceEntity known = entityManager.find(DeviceEntity.class, device.deviceId());
        if (known == null) {
            return Kind.IMPORTED;
        }
        boolean isSame = known.publicKey().equals(device.publicKey())
                && device.grants().stream()
                        .allMatch(grant -> PairedDevices.grantEntity(entityManager, device.deviceId(), grant.role())
                                .filter(held -> holds(held, device.deviceId(), grant))
                                .isPresent());
        return isSame ? Kind.UNCHANGED : Kind.LEFT_ALONE;
    }

    private static boolean holds(GrantEntity held, String deviceId, ImportedGrant grant) {
        GrantEntity fresh = new GrantEntity(deviceId, grant);
        Optional<SecretHash> imported = fresh.tokenHash();
        return !held.isRevoked()
                && held.toGrant().scopes().equals(fresh.toGrant().scopes())
                && held.carried().equals(fresh.carried())
                && (imported.isEmpty() || imported.equals(held.tokenHash()));
    }
}
