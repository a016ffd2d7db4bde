package dev.gatehouse.device;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** Statements with their values, for those whose tables are no entities; on one connection in a transaction of the caller. */
public final class Statements {

    private final Connection connection;

    /**
     * Statements of a transaction.
     *
     * @param connection the transaction's, as {@link Database#jdbc} gives it
     */
    public Statements(Connection connection) {
        this.connection = connection;
    }

    /**
     * Reads a row.
     *
     * @param <T> what a row is
     */
    @FunctionalInterface
    public interface Reader<T> {

        /**
         * Reads one row.
         *
         * @param row the row that is to be read now
         * @throws SQLException from the row
         */
        T read(ResultSet row) throws SQLException;
    }

    /**
     * Asks for rows.
     *
     * @param <T> what a row is
     * @param values of the question marks, in their order
     * @return what was read, in the order of the database
     * @throws SQLException from the connection
     */
    public <T> List<T> query(Reader<T> reader, String sql, Object... values) throws SQLException {
        try (PreparedStatement select = prepared(sql, values);
                ResultSet row = select.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (row.next()) {
                found.add(reader.read(row));
            }
            return found;
        }
    }

    /**
     * Changes rows.
     *
     * @param values of the question marks, in their order; null for none
     * @return how many rows were changed
     * @throws SQLException from the connection
     */
    public int update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement update = prepared(sql, values)) {
            return update.executeUpdate();
        }
    }

    /** The time in a column of epoch milliseconds, if there is one. */
    public static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, Long.class)).map(Instant::ofEpochMilli);
    }

    /** The text in a column, if there is one. */
    public static Optional<String> text(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }
}
