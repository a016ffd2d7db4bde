package dev.gatehouse.webhook;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.device.Statements;
import dev.gatehouse.journal.JournalEntry;
import dev.gatehouse.webhook.Delivery.State;

/** The table of deliveries on one connection, in a transaction of the caller. */
final class JdbcDeliveries {

    private static final String SELECT = "select message_id, webhook, sequence, type, happened_at, document, state,"
            + " attempts, next_at, last_attempt_at, last_failure from webhook_delivery ";

    private final Statements statements;

    JdbcDeliveries(Connection connection) {
        statements = new Statements(connection);
    }

    void add(String messageId, String webhook, JournalEntry entry, long now) throws SQLException {
        statements.update(
                "insert into webhook_delivery (message_id, webhook, sequence, type, happened_at, document, state,"
                        + " attempts, next_at, leased_until) values (?, ?, ?, ?, ?, ?, 'pending', 0, ?, 0)",
                messageId,
                webhook,
                entry.sequence(),
                entry.type(),
                entry.at().toEpochMilli(),
                entry.document(),
                now);
    }

    int count(String webhook, State state) throws SQLException {
        return statements
                .query(
                        row -> row.getInt(1),
                        "select count(*) from webhook_delivery where webhook = ? and state = ?",
                        webhook,
                        state.label())
                .get(0);
    }

    /** When the next one of a webhook is due, if one waits. */
    Optional<Instant> nextAt(String webhook) throws SQLException {
        return statements
                .query(
                        row -> Statements.instant(row, 1),
                        "select min(next_at) from webhook_delivery where webhook = ? and state = 'pending'",
                        webhook)
                .get(0);
    }

    /** Those that nobody is trying and whose time has come, the longest due first. */
    List<Delivery> due(String webhook, long now, int limit) throws SQLException {
        return statements.query(
                JdbcDeliveries::read,
                SELECT + "where webhook = ? and state = 'pending' and next_at <= ? and leased_until <= ?"
                        + " order by next_at, sequence limit ?",
                webhook,
                now,
                now,
                limit);
    }

    /** Takes the right to try one, for whoever has locked its webhook; false when it has arrived meanwhile. */
    boolean take(String messageId, String lease, long until) throws SQLException {
        return statements.update(
                        "update webhook_delivery set lease = ?, leased_until = ? where message_id = ? and state = 'pending'",
                        lease,
                        until,
                        messageId)
                == 1;
    }

    /** It has arrived, whoever's turn it is now. */
    void delivered(String messageId) throws SQLException {
        statements.update("delete from webhook_delivery where message_id = ?", messageId);
    }

    /** Notes a failed attempt; false when it was another's turn by then. */
    boolean failed(String messageId, String lease, State next, long now, String reason, long nextAt)
            throws SQLException {
        return statements.update(
                        "update webhook_delivery set state = ?, attempts = attempts + 1, next_at = ?, lease = null,"
                                + " leased_until = 0, last_attempt_at = ?, last_failure = ?"
                                + " where message_id = ? and lease = ?",
                        next.label(),
                        nextAt,
                        now,
                        reason,
                        messageId,
                        lease)
                == 1;
    }

    /** Gives the turn back, as if there had been no attempt. */
    void release(String messageId, String lease) throws SQLException {
        statements.update(
                "update webhook_delivery set lease = null, leased_until = 0 where message_id = ? and lease = ?",
                messageId,
                lease);
    }

    List<Delivery> list(String webhook, State state, long after, int limit) throws SQLException {
        return statements.query(
                JdbcDeliveries::read,
                SELECT + "where webhook = ? and state = ? and sequence > ? order by sequence limit ?",
                webhook,
                state.label(),
                after,
                limit);
    }

    /** Has one tried before all others; a dead one has every attempt again. */
    boolean retry(String webhook, String messageId) throws SQLException {
        return statements.update(
                        "update webhook_delivery set next_at = 0, attempts = case when state = 'dead' then 0 else attempts"
                                + " end, state = 'pending' where webhook = ? and message_id = ?",
                        webhook,
                        messageId)
                == 1;
    }

    /** Removes a dead one. */
    boolean discard(String webhook, String messageId) throws SQLException {
        return statements.update(
                        "delete from webhook_delivery where webhook = ? and message_id = ? and state = 'dead'",
                        webhook,
                        messageId)
                == 1;
    }

    /** Removes dead ones that are too old, or too many. */
    int trimDead(String webhook, int keep, long triedBefore) throws SQLException {
        long last = statements
                .query(
                        row -> row.getLong(1),
                        "select sequence from webhook_delivery where webhook = ? and state = 'dead'"
                                + " order by sequence desc limit 1 offset ?",
                        webhook,
                        keep)
                .stream()
                .findFirst()
                .orElse(0L);
        return statements.update(
                "delete from webhook_delivery where webhook = ? and state = 'dead'"
                        + " and (sequence <= ? or last_attempt_at < ?)",
                webhook,
                last,
                triedBefore);
    }

    void removeAll(String webhook) throws SQLException {
        statements.update("delete from webhook_delivery where webhook = ?", webhook);
    }

    private static Delivery read(ResultSet row) throws SQLException {
        return new Delivery(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                Instant.ofEpochMilli(row.getLong(5)),
                row.getString(6),
                State.parse(row.getString(7)).orElse(State.DEAD),
                row.getInt(8),
                Instant.ofEpochMilli(row.getLong(9)),
                Statements.instant(row, 10),
                Statements.text(row, 11));
    }
}
