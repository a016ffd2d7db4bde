package dev.gatehouse.limit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;

import dev.gatehouse.device.Statements;

/** What is written down of guesses, on one connection, in a transaction of the caller. */
final class GuessTable {

    private final Statements statements;

    GuessTable(Connection connection) {
        statements = new Statements(connection);
    }

    /** Adds guesses to their minutes. */
    void add(Map<Long, Long> minutes) throws SQLException {
        for (Map.Entry<Long, Long> minute : minutes.entrySet()) {
            int changed = statements.update(
                    "update guess_minute set guesses = guesses + ? where minute_number = ?",
                    minute.getValue(),
                    minute.getKey());
            if (changed == 0) {
                statements.update(
                        "insert into guess_minute (minute_number, guesses) values (?, ?)",
                        minute.getKey(),
                        minute.getValue());
            }
        }
    }

    /** The guesses of all nodes by the minute. */
    Map<Long, Long> minutes(long oldest) throws SQLException {
        return statements
                .query(
                        row -> Map.entry(row.getLong(1), row.getLong(2)),
                        "select minute_number, guesses from guess_minute where minute_number >= ?",
                        oldest)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Keeps how a guesser stands, unless another node knows of a lock that ends later. */
    void keep(Guesser guesser, Standing standing) throws SQLException {
        int changed = statements.update(
                "update guess_standing set since = ?, guesses = ?, locked_until = ?"
                        + " where credential = ? and guesser = ? and locked_until <= ?",
                standing.since(),
                standing.guesses(),
                standing.lockedUntil(),
                guesser.kind().name(),
                guesser.who(),
                standing.lockedUntil());
        if (changed == 0 && !isKept(guesser)) {
            statements.update(
                    "insert into guess_standing (credential, guesser, since, guesses, locked_until)"
                            + " values (?, ?, ?, ?, ?)",
                    guesser.kind().name(),
                    guesser.who(),
                    standing.since(),
                    standing.guesses(),
                    standing.lockedUntil());
        }
    }

    private boolean isKept(Guesser guesser) throws SQLException {
        return !statements
                .query(
                        row -> true,
                        "select guesses from guess_standing where credential = ? and guesser = ?",
                        guesser.kind().name(),
                        guesser.who())
                .isEmpty();
    }

    /** How those stand who began last. */
    Map<Guesser, Standing> standings(int max) throws SQLException {
        return statements
                .query(
                        row -> Map.entry(
                                new Guesser(CredentialKind.valueOf(row.getString(1)), row.getString(2)),
                                new Standing(row.getLong(3), row.getInt(4), row.getLong(5))),
                        "select credential, guesser, since, guesses, locked_until from guess_standing"
                                + " order by since desc limit ?",
                        max)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Forgets what says nothing any more. */
    void forget(long oldestMinute, long now) throws SQLException {
        statements.update("delete from guess_minute where minute_number < ?", oldestMinute);
        statements.update(
                "delete from guess_standing where locked_until <= ? and since <= ?",
                now,
                now - Standing.LOCK.toMillis());
    }
}
