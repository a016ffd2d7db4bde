package dev.gatehouse.ban;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

import dev.gatehouse.device.Statements;

/** The table of bans on one connection, in a transaction of the caller. */
final class BanTable {

    private final Statements statements;

    BanTable(Connection connection) {
        statements = new Statements(connection);
    }

    /**
     * By which a change can be told: a number never comes twice, so that other bans have another sum.
     *
     * @param count how many bans there are
     * @param sum of their numbers
     */
    record Mark(long count, long sum) {}

    Mark mark() throws SQLException {
        return statements
                .query(
                        row -> new Mark(row.getLong(1), row.getLong(2)),
                        "select count(*), coalesce(sum(number), 0) from ban")
                .get(0);
    }

    /** Every ban, the oldest first. */
    List<Ban> all() throws SQLException {
        return statements.query(
                BanTable::read, "select ban_id, target, reason, created_at, ends_at from ban order by number");
    }

    void add(Ban ban) throws SQLException {
        statements.update(
                "insert into ban (ban_id, target, reason, created_at, ends_at) values (?, ?, ?, ?, ?)",
                ban.id(),
                ban.target().toString(),
                ban.reason(),
                ban.createdAt().toEpochMilli(),
                ban.endsAt().map(Instant::toEpochMilli).orElse(null));
    }

    boolean remove(String id) throws SQLException {
        return statements.update("delete from ban where ban_id = ?", id) > 0;
    }

    /** Removes those that ended by themselves. */
    void removeEnded(Instant now) throws SQLException {
        statements.update("delete from ban where ends_at <= ?", now.toEpochMilli());
    }

    private static Ban read(ResultSet row) throws SQLException {
        return new Ban(
                row.getString(1),
                Target.parse(row.getString(2)),
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(4)),
                Statements.instant(row, 5));
    }
}
