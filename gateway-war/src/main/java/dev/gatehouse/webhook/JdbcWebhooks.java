package dev.gatehouse.webhook;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.device.Statements;

/**
 * The table of webhooks on one connection, in a transaction of the caller. Whoever changes a webhook and its deliveries
 * changes the webhook first, so that nobody waits for each other in a circle.
 */
final class JdbcWebhooks {

    /** A busy webhook notes its successes so often. */
    private static final long SUCCESS_EVERY_MILLIS = 1000;

    private static final String SELECT = "select name, fingerprint, sequence, stopped, failures, resumes_at,"
            + " last_success_at, last_failure_at, last_failure, removed_at from webhook";

    private final Statements statements;

    JdbcWebhooks(Connection connection) {
        statements = new Statements(connection);
    }

    List<WebhookRow> all() throws SQLException {
        return statements.query(JdbcWebhooks::read, SELECT + " order by name");
    }

    /** Nobody else changes it until the transaction ends. */
    Optional<WebhookRow> locked(String name) throws SQLException {
        return statements.query(JdbcWebhooks::read, SELECT + " where name = ? for update", name).stream()
                .findFirst();
    }

    void add(String name, String fingerprint, long sequence) throws SQLException {
        statements.update(
                "insert into webhook (name, fingerprint, sequence, stopped, failures, resumes_at)"
                        + " values (?, ?, ?, false, 0, 0)",
                name,
                fingerprint,
                sequence);
    }

    /** It has other settings now, with which it begins afresh. */
    void renew(String name, String fingerprint) throws SQLException {
        statements.update(
                "update webhook set fingerprint = ?, stopped = false, failures = 0, resumes_at = 0, removed_at = null"
                        + " where name = ?",
                fingerprint,
                name);
    }

    void putBack(String name) throws SQLException {
        statements.update("update webhook set removed_at = null where name = ?", name);
    }

    void takeOut(String name, long now) throws SQLException {
        statements.update("update webhook set removed_at = ? where name = ?", now, name);
    }

    void remove(String name) throws SQLException {
        statements.update("delete from webhook where name = ?", name);
    }

    void move(String name, long sequence) throws SQLException {
        statements.update("update webhook set sequence = ? where name = ?", sequence, name);
    }

    /** It is left alone until then. */
    void rest(String name, long until) throws SQLException {
        statements.update("update webhook set resumes_at = ? where name = ?", until, name);
    }

    void succeeded(String name, long now) throws SQLException {
        statements.update(
                "update webhook set failures = 0, resumes_at = 0, last_success_at = ? where name = ?"
                        + " and (failures > 0 or last_success_at is null or last_success_at <= ?)",
                now,
                name,
                now - SUCCESS_EVERY_MILLIS);
    }

    void failed(WebhookRow locked, long now, String reason, long resumesAt) throws SQLException {
        statements.update(
                "update webhook set failures = ?, resumes_at = ?, last_failure_at = ?, last_failure = ? where name = ?",
                locked.failures() + 1,
                resumesAt,
                now,
                reason,
                locked.name());
    }

    void stop(String name, long now, String reason) throws SQLException {
        statements.update(
                "update webhook set stopped = true, last_failure_at = ?, last_failure = ? where name = ?",
                now,
                reason,
                name);
    }

    /** False when there is no such webhook. */
    boolean start(String name) throws SQLException {
        return statements.update(
                        "update webhook set stopped = false, failures = 0, resumes_at = 0 where name = ?", name)
                == 1;
    }

    /** It is not left alone any longer. */
    void resume(String name) throws SQLException {
        statements.update("update webhook set resumes_at = 0 where name = ?", name);
    }

    private static WebhookRow read(ResultSet row) throws SQLException {
        return new WebhookRow(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getBoolean(4),
                row.getInt(5),
                row.getLong(6),
                Statements.instant(row, 7),
                Statements.instant(row, 8),
                Statements.text(row, 9),
                Statements.instant(row, 10));
    }
}
