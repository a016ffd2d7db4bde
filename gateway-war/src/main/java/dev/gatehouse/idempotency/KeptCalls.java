package dev.gatehouse.idempotency;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

import dev.gatehouse.device.Statements;

/** The table of calls, within one transaction. */
final class KeptCalls {

    private static final String FIND =
            "select request, begun_at, is_lost, answer from idempotent_call where call_id = ?";
    private static final String INSERT =
            "insert into idempotent_call (call_id, key_id, request, begun_at, is_lost) values (?, ?, ?, ?, false)";
    private static final String ANSWER = "update idempotent_call set answer = ? where call_id = ?";
    private static final String LOSE = "update idempotent_call set is_lost = true where call_id = ?";
    private static final String REMOVE = "delete from idempotent_call where call_id = ?";
    private static final String REMOVE_BEFORE = "delete from idempotent_call where begun_at <= ?";
    private static final String COUNT = "select count(*), min(begun_at) from idempotent_call where begun_at > ?";

    private final Statements statements;

    /**
     * A call that is known.
     *
     * @param request stands for what was asked
     * @param begunAt when, in epoch milliseconds
     * @param isLost whether nobody knows what it changed
     * @param answer the sealed answer, when there is one
     */
    record Call(String request, long begunAt, boolean isLost, Optional<String> answer) {}

    KeptCalls(Connection connection) {
        statements = new Statements(connection);
    }

    Optional<Call> find(String callId) throws SQLException {
        return statements.query(KeptCalls::read, FIND, callId).stream().findFirst();
    }

    void insert(String callId, String keyId, String request, long now) throws SQLException {
        statements.update(INSERT, callId, keyId, request, now);
    }

    int answer(String callId, String sealed) throws SQLException {
        return statements.update(ANSWER, sealed, callId);
    }

    int lose(String callId) throws SQLException {
        return statements.update(LOSE, callId);
    }

    int remove(String callId) throws SQLException {
        return statements.update(REMOVE, callId);
    }

    int removeBefore(long time) throws SQLException {
        return statements.update(REMOVE_BEFORE, time);
    }

    /** When the oldest call was begun whose end makes room, if there is none now; as many as begin at once may exceed it. */
    Optional<Long> oldestWhenFull(String keyId, long since, int maxOfKey, int max) throws SQLException {
        Optional<Long> ofKey = oldestOf(maxOfKey, COUNT + " and key_id = ?", since, keyId);
        return ofKey.isPresent() ? ofKey : oldestOf(max, COUNT, since);
    }

    private Optional<Long> oldestOf(int max, String count, Object... values) throws SQLException {
        return statements
                .query(
                        row -> row.getLong(1) >= max ? Optional.of(row.getLong(2)) : Optional.<Long>empty(),
                        count,
                        values)
                .get(0);
    }

    private static Call read(ResultSet row) throws SQLException {
        return new Call(row.getString(1), row.getLong(2), row.getBoolean(3), Statements.text(row, 4));
    }
}
