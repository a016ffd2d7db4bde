package dev.gatehouse.device;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers when and how devices and tokens were seen last and writes it down in batches, so that an admission costs no write.
 * What is written already is good for five minutes: a device that comes again and again is not written again and again.
 * Safe for concurrent use; what is not yet written is lost in a crash, and kept when the database is down.
 */
final class Sightings {

    private static final String DEVICE_SEEN = """
            update device set last_seen_at = ?, last_seen_from = ?, last_seen_version = ?, last_seen_reason = ?,
                              expires_at = null, version = version + 1
            where device_id = ?
              and (last_seen_at is null or last_seen_at < ?
                   or last_seen_at < ? and (expires_at is not null
                       or last_seen_from is distinct from ? or last_seen_version is distinct from ?
                       or last_seen_reason is distinct from ?))
            """;
    private static final String TOKEN_USED = """
            update device_grant set token_last_used_at = ?, version = version + 1
            where grant_id = ? and token_hash = ? and token_last_used_at < ?
            """;

    /** With many devices nearly each of these rows is on a page of its own, which is written whole. */
    static final Duration GOOD_FOR = Duration.ofMinutes(5);

    /** So many in one transaction, which locks them. */
    private static final int BATCH = 500;

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

    /** Gives an update its values. */
    private interface Binding<K, V> {
        void bind(PreparedStatement update, K key, V value) throws SQLException;
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
        flush(devices, DEVICE_SEEN, Sightings::bindDevice);
        flush(tokens, TOKEN_USED, Sightings::bindToken);
    }

    private static void bindDevice(PreparedStatement update, String deviceId, Seen seen) throws SQLException {
        update.setLong(1, seen.at());
        update.setString(2, seen.how().from().orElse(null));
        update.setString(3, seen.how().clientVersion());
        update.setString(4, seen.how().reason());
        update.setString(5, deviceId);
        update.setLong(6, seen.at() - GOOD_FOR.toMillis());
        update.setLong(7, seen.at());
        update.setString(8, seen.how().from().orElse(null));
        update.setString(9, seen.how().clientVersion());
        update.setString(10, seen.how().reason());
    }

    private static void bindToken(PreparedStatement update, TokenUse use, Long at) throws SQLException {
        update.setLong(1, at);
        update.setString(2, use.grantId());
        update.setString(3, use.hash().text());
        update.setLong(4, at - GOOD_FOR.toMillis());
    }

    private <K extends Comparable<K>, V> void flush(Map<K, V> seen, String update, Binding<K, V> binding) {
        // Sorted, so that two nodes that flush at once do not deadlock.
        List<K> keys = seen.keySet().stream().sorted().toList();
        for (int from = 0; from < keys.size(); from += BATCH) {
            Map<K, V> batch = new LinkedHashMap<>();
            keys.subList(from, Math.min(from + BATCH, keys.size()))
                    .forEach(key -> batch.put(key, Objects.requireNonNull(seen.get(key))));
            database.jdbc(connection -> write(connection, batch, update, binding));
            batch.forEach(seen::remove);
        }
    }

    /** By JDBC, because EclipseLink writes the values of an update into its text, which is parsed anew for each. */
    private static <K, V> int write(Connection connection, Map<K, V> batch, String update, Binding<K, V> binding)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            for (Map.Entry<K, V> seen : batch.entrySet()) {
                binding.bind(statement, seen.getKey(), seen.getValue());
                statement.addBatch();
            }
            return statement.executeBatch().length;
        }
    }
}
