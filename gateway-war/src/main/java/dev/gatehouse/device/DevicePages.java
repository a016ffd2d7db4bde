package dev.gatehouse.device;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;

/**
 * The approved devices page by page, within a transaction of the registry. A page begins at a place, not at a number, so that
 * devices that come and go shift nothing; a device is missed or comes twice only if what it is sorted by changes between two
 * pages.
 *
 * <p>Each order has an index. A filter that hardly any device fits reads on along the index until the page is full.
 */
final class DevicePages {

    /** A range, which is looked up in the index, where "is not null" is not. */
    private static final String SEEN = " and d.lastSeenAt >= 0";

    private static final String NEVER_SEEN = " and d.lastSeenAt is null order by d.lastSeenAt, d.deviceId";
    private static final String GRANT = "exists (select g from GrantEntity g where g.deviceId = d.deviceId";

    private final EntityManager entityManager;

    DevicePages(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** The devices of a list, so many at most. */
    List<Device> of(DeviceQuery query, int limit) {
        List<DeviceEntity> devices = found(query, limit);
        Map<String, List<DeviceGrant>> grants = grantsOf(devices);
        return devices.stream()
                .map(device -> device.toDevice(grants.getOrDefault(device.deviceId(), List.of())))
                .toList();
    }

    private List<DeviceEntity> found(DeviceQuery query, int limit) {
        if (query.sort().by() != DeviceSort.By.LAST_SEEN_AT) {
            return sorted(query, limit, "");
        }
        List<DeviceEntity> devices = new ArrayList<>();
        if (query.after().isEmpty() || query.after().get().value().isPresent()) {
            devices.addAll(sorted(query, limit, SEEN));
        }
        if (devices.size() < limit) {
            devices.addAll(neverSeen(query, limit - devices.size()));
        }
        return devices;
    }

    private List<DeviceEntity> sorted(DeviceQuery query, int limit, String condition) {
        String column = column(query.sort().by());
        boolean isDescending = query.sort().isDescending();
        String order = " order by " + column + (isDescending ? " desc" : "") + ", d.deviceId"
                + (isBackward(query.sort()) ? " desc" : "");
        Conditions conditions = Conditions.of(query.filter());
        query.after().ifPresent(cursor -> {
            String beyond = isDescending ? "<" : ">";
            String next = isBackward(query.sort()) ? "<" : ">";
            // The first half says the same as the rest, and is what a database looks up in the index.
            conditions.add(column + " " + beyond + "= :at and (" + column + " " + beyond + " :at or d.deviceId " + next
                    + " :device)");
            conditions.parameters.put("at", value(query.sort().by(), cursor));
            conditions.parameters.put("device", cursor.deviceId());
        });
        return result(conditions, condition + order, limit);
    }

    private List<DeviceEntity> neverSeen(DeviceQuery query, int limit) {
        Conditions conditions = Conditions.of(query.filter());
        query.after().filter(cursor -> cursor.value().isEmpty()).ifPresent(cursor -> {
            conditions.add("d.deviceId > :device");
            conditions.parameters.put("device", cursor.deviceId());
        });
        return result(conditions, NEVER_SEEN, limit);
    }

    private List<DeviceEntity> result(Conditions conditions, String rest, int limit) {
        TypedQuery<DeviceEntity> query = entityManager.createQuery(
                "select d from DeviceEntity d where " + String.join(" and ", conditions.texts) + rest,
                DeviceEntity.class);
        conditions.parameters.forEach(query::setParameter);
        return query.setMaxResults(limit).getResultList();
    }

    /** An index is read backwards for a descending order, but for the newest first, which has an index of its own. */
    private static boolean isBackward(DeviceSort sort) {
        return sort.isDescending() && sort.by() != DeviceSort.By.CREATED_AT;
    }

    private static String column(DeviceSort.By by) {
        return switch (by) {
            case CREATED_AT -> "d.createdAt";
            case APPROVED_AT -> "d.approvedAt";
            case LAST_SEEN_AT -> "d.lastSeenAt";
            case NAME -> "d.sortName";
        };
    }

    private static Object value(DeviceSort.By by, DeviceCursor cursor) {
        String value = cursor.value().orElseThrow();
        return by == DeviceSort.By.NAME ? value : (Object) Long.valueOf(value);
    }

    /** What a filter asks of a device, and the values in it. */
    private static final class Conditions {

        private final List<String> texts = new ArrayList<>(List.of(GRANT + ")"));
        private final Map<String, Object> parameters = new HashMap<>();

        static Conditions of(DeviceFilter filter) {
            Conditions all = new Conditions();
            filter.state().map(Conditions::state).ifPresent(all::add);
            all.add(GRANT + " and g.role = :role)", "role", filter.role());
            all.add("lower(d.client.platform) = :platform", "platform", lower(filter.platform()));
            all.add(
                    "d.sortName like :name escape '!'",
                    "name",
                    lower(filter.name()).map(Conditions::containing));
            all.add("d.client.id = :client", "client", filter.clientId());
            all.add(
                    "(d.lastSeenAt is null or d.lastSeenAt < :before)",
                    "before",
                    filter.seenBefore().map(Instant::toEpochMilli));
            all.add("d.lastSeenAt >= :since", "since", filter.seenSince().map(Instant::toEpochMilli));
            return all;
        }

        void add(String text) {
            texts.add(text);
        }

        private void add(String text, String name, Optional<?> value) {
            value.ifPresent(given -> {
                texts.add(text);
                parameters.put(name, given);
            });
        }

        private static String state(DeviceFilter.State state) {
            String active = GRANT + " and g.tokenRevokedAt is null)";
            return switch (state) {
                case ACTIVE -> active;
                case REVOKED -> "not " + active;
                case EXPIRING -> "d.expiresAt is not null";
            };
        }

        private static Optional<String> lower(Optional<String> text) {
            return text.map(given -> given.toLowerCase(Locale.ROOT));
        }

        private static String containing(String text) {
            return "%" + text.replaceAll("([!%_])", "!$1") + "%";
        }
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
