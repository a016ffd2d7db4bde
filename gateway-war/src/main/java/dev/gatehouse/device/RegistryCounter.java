package dev.gatehouse.device;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.function.Supplier;

import dev.gatehouse.spi.TemporarilyUnavailable;

/** Counts what is in the registry, in one query. Safe for concurrent use; blocks on the database. */
public final class RegistryCounter {

    private static final String COUNTS = """
            select (select count(*) from device),
                   (select count(*) from pairing_request where state = 'PENDING' and refreshed_at >= ?),
                   sum(case when token_revoked_at is null and token_hash is not null
                             and (token_expires_at is null or token_expires_at > ?) then 1 else 0 end),
                   sum(case when token_revoked_at is null and token_hash is not null
                             and token_expires_at <= ? then 1 else 0 end),
                   sum(case when token_revoked_at is not null then 1 else 0 end),
                   sum(case when token_revoked_at is null and token_hash is null then 1 else 0 end)
            from device_grant
            """;

    private final Database database;
    private final Supplier<DeviceSettings> settings;
    private final Clock clock;

    /**
     * A counter of a database.
     *
     * @param settings say how long a pairing request may wait
     */
    public RegistryCounter(Database database, Supplier<DeviceSettings> settings, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Counts now.
     *
     * @return what there is
     * @throws TemporarilyUnavailable when the database cannot answer
     */
    public RegistryCounts count() {
        return database.jdbc(this::count);
    }

    private RegistryCounts count(Connection connection) throws SQLException {
        long now = clock.millis();
        long ended = settings.get().tokenLifetime().isPresent() ? now : 0; // without a limit no end counts
        try (PreparedStatement query = connection.prepareStatement(COUNTS)) {
            query.setLong(1, now - settings.get().pendingTtl().toMillis());
            query.setLong(2, ended);
            query.setLong(3, ended);
            try (ResultSet found = query.executeQuery()) {
                found.next();
                return new RegistryCounts(
                        found.getLong(1),
                        found.getLong(2),
                        found.getLong(3),
                        found.getLong(4),
                        found.getLong(5),
                        found.getLong(6));
            }
        }
    }
}
