package dev.gatehouse.device;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes devices that nobody used for as long as the operator allows, if he limits that, and warns before.
 *
 * <p>A device is used while it has a session, and when it was approved. The end of an unused one is announced for a
 * seventh of the limit before: in the log once, and in the lists; only what was announced so long comes true, also when
 * the limit is new or the gateway was off. For use by one thread.
 */
final class UnusedDevices {

    static final int BATCH = 100;

    private static final Logger LOG = LoggerFactory.getLogger(UnusedDevices.class);
    private static final int ANNOUNCED_IN_LAST_PART = 7;
    private static final String UNUSED = "d.approvedAt <= :since and (d.lastSeenAt is null or d.lastSeenAt <= :since)";

    private final Database database;
    private final Changes changes;
    private final Sightings sightings;
    private final Supplier<DeviceSettings> settings;
    private final Clock clock;
    private final Supplier<Set<String>> connected;
    private final BiFunction<EntityManager, String, List<DeviceEvent>> removal;

    private record Announcement(String deviceId, Optional<String> label, long lastUsed, long end) {}

    /**
     * Nobody was looked at yet.
     *
     * @param settings asked each time, for they may change
     * @param connected the devices that have a session now
     * @param removal removes a device within a transaction
     */
    UnusedDevices(
            Database database,
            Changes changes,
            Sightings sightings,
            Supplier<DeviceSettings> settings,
            Clock clock,
            Supplier<Set<String>> connected,
            BiFunction<EntityManager, String, List<DeviceEvent>> removal) {
        this.database = database;
        this.changes = changes;
        this.sightings = sightings;
        this.settings = settings;
        this.clock = clock;
        this.connected = connected;
        this.removal = removal;
    }

    /**
     * Writes down who is connected, announces ends, and removes those whose end has come, in many transactions.
     *
     * @return how many were removed
     */
    int sweep() {
        long now = clock.millis();
        sightings.flush(); // what is seen from here on is seen later than now
        noteConnected(now);
        Optional<Duration> limit = settings.get().unusedExpiry();
        if (limit.isEmpty()) {
            withdrawAll();
            return 0;
        }
        long life = limit.get().toMillis();
        long notice = life / ANNOUNCED_IN_LAST_PART;
        withdraw(now - life + notice);
        announceAll(now, life, notice);
        return removeAll(now, now - life);
    }

    /** A session may be older than the limit, so its device counts as seen for as long as it is open. */
    private void noteConnected(long now) {
        List<String> ids = connected.get().stream().sorted().toList();
        for (int from = 0; from < ids.size(); from += BATCH) {
            List<String> batch = ids.subList(from, Math.min(from + BATCH, ids.size()));
            database.inTransaction(entityManager -> entityManager
                    .createQuery("update DeviceEntity d set d.lastSeenAt = :now, d.expiresAt = null"
                            + " where d.deviceId in :devices and (d.lastSeenAt is null or d.lastSeenAt < :now)")
                    .setParameter("now", now)
                    .setParameter("devices", batch)
                    .executeUpdate());
        }
    }

    private void withdrawAll() {
        database.inTransaction(entityManager -> entityManager
                .createQuery("update DeviceEntity d set d.expiresAt = null where d.expiresAt is not null")
                .executeUpdate());
    }

    /** Withdraws what was announced of devices that were used since, or whose limit is longer now. */
    private void withdraw(long since) {
        database.inTransaction(entityManager -> entityManager
                .createQuery("update DeviceEntity d set d.expiresAt = null where d.expiresAt is not null"
                        + " and (d.approvedAt > :since or d.lastSeenAt > :since)")
                .setParameter("since", since)
                .executeUpdate());
    }

    private void announceAll(long now, long life, long notice) {
        List<Announcement> batch;
        do {
            batch = database.inTransaction(entityManager -> announce(entityManager, now, life, notice));
            batch.forEach(UnusedDevices::log);
        } while (batch.size() == BATCH);
    }

    private static List<Announcement> announce(EntityManager entityManager, long now, long life, long notice) {
        return entityManager
                .createQuery(
                        "select d from DeviceEntity d where d.expiresAt is null and " + UNUSED + " order by d.deviceId",
                        DeviceEntity.class)
                .setParameter("since", now - life + notice)
                .setMaxResults(BATCH)
                .getResultStream()
                .map(device -> {
                    long end = Math.max(device.lastUsedAt() + life, now + notice);
                    device.announceEnd(end);
                    return new Announcement(device.deviceId(), device.label(), device.lastUsedAt(), end);
                })
                .toList();
    }

    private static void log(Announcement announced) {
        LOG.warn(
                "device {} ({}) was last used on {} and is removed on {}; to keep it, let it connect once or raise"
                        + " devices.unused-expiry",
                announced.deviceId(),
                announced.label().map(label -> "'" + label + "'").orElse("without a label"),
                day(announced.lastUsed()),
                day(announced.end()));
    }

    private int removeAll(long now, long since) {
        int removed = 0;
        String after = "";
        List<String> batch;
        do {
            batch = over(now, since, after);
            for (String deviceId : batch) {
                if (changes.make(Actor.GATEWAY, entityManager -> remove(entityManager, deviceId, now, since))) {
                    LOG.info("device {} was removed: nobody used it since {}", deviceId, day(since));
                    removed++;
                }
                after = deviceId;
            }
        } while (batch.size() == BATCH);
        return removed;
    }

    private List<String> over(long now, long since, String after) {
        return database.read(entityManager -> entityManager
                .createQuery(
                        "select d.deviceId from DeviceEntity d where d.expiresAt <= :now and " + UNUSED
                                + " and d.deviceId > :after order by d.deviceId",
                        String.class)
                .setParameter("now", now)
                .setParameter("since", since)
                .setParameter("after", after)
                .setMaxResults(BATCH)
                .getResultList());
    }

    /**
     * Looks once more, with the device locked. One that connects after that is either refused, when it reads its grant
     * once more, or found by those who hear of the removal.
     */
    private Change<Boolean> remove(EntityManager entityManager, String deviceId, long now, long since) {
        boolean isOver = Optional.ofNullable(
                        entityManager.find(DeviceEntity.class, deviceId, LockModeType.PESSIMISTIC_WRITE))
                .filter(device -> device.isOver(now) && device.lastUsedAt() <= since)
                .isPresent();
        return isOver && !connected.get().contains(deviceId)
                ? new Change<>(true, removal.apply(entityManager, deviceId))
                : Change.of(false);
    }

    private static LocalDate day(long millis) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }
}
