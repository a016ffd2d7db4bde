package dev.gatehouse.idempotency;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

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

    private final Connection connection;

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
        this.connection = connection;
    }

    Optional<Call> find(String callId) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setString(1, callId);
            try (ResultSet found = query.executeQuery()) {
                return found.next()
                        ? Optional.of(new Call(
                                found.getString(1),
                                found.getLong(2),
                                found.getBoolean(3),
                                Optional.ofNullable(found.getString(4))))
                        : Optional.empty();
            }
        }
    }

    void insert(String callId, String keyId, String request, long now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, callId);
            insert.setString(2, keyId);
            insert.setString(3, request);
            insert.setLong(4, now);
            insert.executeUpdate();
        }
    }

    int answer(String callId, String sealed) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(ANSWER)) {
            update.setString(1, sealed);
            update.setString(2, callId);
            return update.executeUpdate();
        }
    }

    int lose(String callId) throws SQLException {
        return change(LOSE, callId);
    }

    int remove(String callId) throws SQLException {
        return change(REMOVE, callId);
    }

    int removeBefore(long time) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(REMOVE_BEFORE)) {
            delete.setLong(1, time);
            return delete.executeUpdate();
        }
    }

    /** When the oldest call was begun whose end makes room, if there is none now; as many as begin at once may exceed it. */
    Optional<Long> oldestWhenFull(String keyId, long since, int maxOfKey, int max) throws SQLException {
        Optional<Long> ofKey = oldestOf(COUNT + " and key_id = ?", Optional.of(keyId), since, maxOfKey);
        return ofKey.isPresent() ? ofKey : oldestOf(COUNT, Optional.empty(), since, max);
    }

    private Optional<Long> oldestOf(String count, Optional<String> keyId, long since, int max) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(count)) {
            query.setLong(1, since);
            if (keyId.isPresent()) {
                query.setString(2, keyId.get());
            }
            try (ResultSet found = query.executeQuery()) {
                found.next();
                return found.getLong(1) >= max ? Optional.of(found.getLong(2)) : Optional.empty();
            }
        }
    }

    private int change(String sql, String callId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, callId);
            return statement.executeUpdate();
        }
    }
}
