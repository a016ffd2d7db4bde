package dev.gatehouse.refusal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.device.Database;

/**
 * The table of refusals. Every method is one transaction, may block, and throws {@link
 * dev.gatehouse.spi.TemporarilyUnavailable} when the database cannot answer.
 */
final class RefusalTable {

    private static final String COLUMNS =
            "select refusal_id, likeness, times, first_at, last_at, document from refusal ";
    private static final String LATEST = COLUMNS + "where last_at >= ? order by last_at desc, refusal_id";
    private static final String ONE = COLUMNS + "where refusal_id = ? and last_at >= ?";
    private static final String REPEAT = "update refusal set times = ?, last_at = ? where refusal_id = ?";
    private static final String ADD =
            "insert into refusal (refusal_id, likeness, times, first_at, last_at, document) values (?, ?, ?, ?, ?, ?)";
    private static final String FORGET = "delete from refusal where refusal_id = ?";
    private static final String FORGET_OLD = "delete from refusal where last_at < ?";

    private final Database database;

    RefusalTable(Database database) {
        this.database = database;
    }

    /** The refusals that were told last, the latest first. */
    List<KeptRefusal> latest(int max, Instant since) {
        return database.jdbc(connection -> {
            try (PreparedStatement query = connection.prepareStatement(LATEST)) {
                query.setLong(1, since.toEpochMilli());
                query.setMaxRows(max);
                return read(query);
            }
        });
    }

    Optional<KeptRefusal> find(String id, Instant since) {
        return database.jdbc(connection -> {
            try (PreparedStatement query = connection.prepareStatement(ONE)) {
                query.setString(1, id);
                query.setLong(2, since.toEpochMilli());
                return read(query).stream().findFirst();
            }
        });
    }

    /** Writes some down as they are now, and forgets others. */
    void write(List<KeptRefusal> changed, Collection<String> gone) {
        database.jdbc(connection -> {
            add(connection, repeat(connection, changed));
            forget(connection, gone);
            return changed.size();
        });
    }

    void forgetBefore(Instant horizon) {
        database.jdbc(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(FORGET_OLD)) {
                delete.setLong(1, horizon.toEpochMilli());
                return delete.executeUpdate();
            }
        });
    }

    /** Updates those that have a row; gives the others. */
    private static List<KeptRefusal> repeat(Connection connection, List<KeptRefusal> changed) throws SQLException {
        if (changed.isEmpty()) {
            return List.of();
        }
        try (PreparedStatement update = connection.prepareStatement(REPEAT)) {
            for (KeptRefusal refusal : changed) {
                update.setLong(1, refusal.count());
                update.setLong(2, refusal.lastAt().toEpochMilli());
                update.setString(3, refusal.id());
                update.addBatch();
            }
            int[] rows = update.executeBatch();
            List<KeptRefusal> unknown = new ArrayList<>();
            for (int i = 0; i < rows.length; i++) {
                if (rows[i] == 0) {
                    unknown.add(changed.get(i));
                }
            }
            return unknown;
        }
    }

    private static void add(Connection connection, List<KeptRefusal> unknown) throws SQLException {
        if (unknown.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(ADD)) {
            for (KeptRefusal refusal : unknown) {
                insert.setString(1, refusal.id());
                insert.setString(2, refusal.likeness());
                insert.setLong(3, refusal.count());
                insert.setLong(4, refusal.firstAt().toEpochMilli());
                insert.setLong(5, refusal.lastAt().toEpochMilli());
                insert.setString(6, AccountJson.write(refusal.account()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void forget(Connection connection, Collection<String> gone) throws SQLException {
        if (gone.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
            for (String id : gone) {
                delete.setString(1, id);
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    private static List<KeptRefusal> read(PreparedStatement query) throws SQLException {
        List<KeptRefusal> found = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                row(rows).ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<KeptRefusal> row(ResultSet row) throws SQLException {
        String id = row.getString(1);
        String likeness = row.getString(2);
        long count = row.getLong(3);
        Instant firstAt = Instant.ofEpochMilli(row.getLong(4));
        Instant lastAt = Instant.ofEpochMilli(row.getLong(5));
        return AccountJson.read(id, row.getString(6))
                .map(account -> new KeptRefusal(id, likeness, count, firstAt, lastAt, account));
    }
}
