package dev.gatehouse.ban;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of bans on one connection, in a transaction of the caller. */
final class BanTable {

    private final Connection connection;

    BanTable(Connection connection) {
        this.connection = connection;
    }

    /**
     * By which a change can be told: a number never comes twice, so that other bans have another sum.
     *
     * @param count how many bans there are
     * @param sum of their numbers
     */
    record Mark(long count, long sum) {}

    Mark mark() throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("select count(*), coalesce(sum(number), 0) from ban");
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Mark(row.getLong(1), row.getLong(2));
        }
    }

    /** Every ban, the oldest first. */
    List<Ban> all() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "select ban_id, target, reason, created_at, ends_at from ban order by number");
                ResultSet row = select.executeQuery()) {
            List<Ban> found = new ArrayList<>();
            while (row.next()) {
                found.add(new Ban(
                        row.getString(1),
                        Target.parse(row.getString(2)),
                        row.getString(3),
                        Instant.ofEpochMilli(row.getLong(4)),
                        Optional.ofNullable(row.getObject(5, Long.class)).map(Instant::ofEpochMilli)));
            }
            return found;
        }
    }

    void add(Ban ban) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into ban (ban_id, target, reason, created_at, ends_at) values (?, ?, ?, ?, ?)")) {
            insert.setString(1, ban.id());
            insert.setString(2, ban.target().toString());
            insert.setString(3, ban.reason());
            insert.setLong(4, ban.createdAt().toEpochMilli());
            insert.setObject(5, ban.endsAt().map(Instant::toEpochMilli).orElse(null));
            insert.executeUpdate();
        }
    }

    boolean remove(String id) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from ban where ban_id = ?")) {
            delete.setString(1, id);
            return delete.executeUpdate() > 0;
        }
    }

    /** Removes those that ended by themselves. */
    void removeEnded(Instant now) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from ban where ends_at <= ?")) {
            delete.setLong(1, now.toEpochMilli());
            delete.executeUpdate();
        }
    }
}
