package dev.gatehouse.device;

import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

import jakarta.persistence.EntityManager;

/**
 * Remembers when devices and tokens were seen last and writes it down in batches, so that an admission costs no write.
 * Safe for concurrent use; what is not yet written is lost in a crash, and kept when the database is down.
 */
final class Sightings {

    private final Database database;
    private final Clock clock;
    private final Map<String, Long> devices = new ConcurrentHashMap<>();
    private final Map<TokenUse, Long> tokens = new ConcurrentHashMap<>();

    /** The hash tells a token from its successors: a late write must not mark a new token as used. */
    private record TokenUse(String grantId, SecretHash hash) implements Comparable<TokenUse> {
        @Override
        public int compareTo(TokenUse other) {
            int order = grantId.compareTo(other.grantId);
            return order != 0 ? order : hash.text().compareTo(other.hash.text());
        }
    }

    Sightings(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    void deviceSeen(String deviceId) {
        devices.put(deviceId, clock.millis());
    }

    void tokenUsed(String grantId, SecretHash hash) {
        tokens.put(new TokenUse(grantId, hash), clock.millis());
    }

    /** Writes down what was seen since the last time. */
    void flush() {
        flush(
                devices,
                (entityManager, seen) -> entityManager
                        .createQuery("update DeviceEntity d set d.lastSeenAt = :at"
                                + " where d.deviceId = :device and (d.lastSeenAt is null or d.lastSeenAt < :at)")
                        .setParameter("at", seen.getValue())
                        .setParameter("device", seen.getKey())
                        .executeUpdate());
        flush(
                tokens,
                (entityManager, seen) -> entityManager
                        .createQuery("update GrantEntity g set g.tokenLastUsedAt = :at"
                                + " where g.grantId = :grant and g.tokenHash = :hash and g.tokenLastUsedAt < :at")
                        .setParameter("at", seen.getValue())
                        .setParameter("grant", seen.getKey().grantId())
                        .setParameter("hash", seen.getKey().hash().text())
                        .executeUpdate());
    }

    private <K> void flush(Map<K, Long> seen, BiConsumer<EntityManager, Map.Entry<K, Long>> write) {
        if (seen.isEmpty()) {
            return;
        }
        // Sorted, so that two nodes that flush at once do not deadlock.
        Map<K, Long> batch = new TreeMap<>(seen);
        database.inTransaction(entityManager -> {
            batch.entrySet().forEach(entry -> write.accept(entityManager, entry));
            return batch.size();
        });
        batch.forEach(seen::remove);
    }
}
