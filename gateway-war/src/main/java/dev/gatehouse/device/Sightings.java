package dev.gatehouse.device;

import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

import jakarta.persistence.EntityManager;

/**
 * Remembers when and how devices and tokens were seen last and writes it down in batches, so that an admission costs no write.
 * Safe for concurrent use; what is not yet written is lost in a crash, and kept when the database is down.
 */
final class Sightings {

    private final Database database;
    private final Clock clock;
    private final Map<String, Seen> devices = new ConcurrentHashMap<>();
    private final Map<TokenUse, Long> tokens = new ConcurrentHashMap<>();

    private record Seen(long at, Sighting how) {}

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

    void deviceSeen(String deviceId, Sighting how) {
        devices.put(deviceId, new Seen(clock.millis(), how));
    }

    void tokenUsed(String grantId, SecretHash hash) {
        tokens.put(new TokenUse(grantId, hash), clock.millis());
    }

    /** Writes down what was seen since the last time. */
    void flush() {
        flush(devices, Sightings::write);
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

    private static void write(EntityManager entityManager, Map.Entry<String, Seen> seen) {
        Sighting how = seen.getValue().how();
        entityManager
                .createQuery("update DeviceEntity d set d.lastSeenAt = :at, d.lastSeenFrom = :from,"
                        + " d.lastSeenVersion = :version, d.lastSeenReason = :reason, d.expiresAt = null"
                        + " where d.deviceId = :device and (d.lastSeenAt is null or d.lastSeenAt < :at)")
                .setParameter("at", seen.getValue().at())
                .setParameter("from", how.from().orElse(null))
                .setParameter("version", how.clientVersion())
                .setParameter("reason", how.reason())
                .setParameter("device", seen.getKey())
                .executeUpdate();
    }

    private <K, V> void flush(Map<K, V> seen, BiConsumer<EntityManager, Map.Entry<K, V>> write) {
        if (seen.isEmpty()) {
            return;
        }
        // Sorted, so that two nodes that flush at once do not deadlock.
        Map<K, V> batch = new TreeMap<>(seen);
        database.inTransaction(entityManager -> {
            batch.entrySet().forEach(entry -> write.accept(entityManager, entry));
            return batch.size();
        });
        batch.forEach(seen::remove);
    }
}
