package dev.gatehouse.device;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** A process that changes many rows in each transaction until it is killed, and says so after each. */
final class EndlessUpdates {

    static final int ROWS = 20_000;

    private static final int ROWS_OF_ONE = 3000;
    private static final DatabaseSettings FILE = new DatabaseSettings("", "gatehouse", Optional.empty(), 2);

    private EndlessUpdates() {}

    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = connect(Path.of(arguments[0]))) {
            createTable(connection);
            Random random = new Random(1);
            while (true) {
                change(connection, random.ints(ROWS_OF_ONE, 0, ROWS));
                connection.commit();
                System.out.println("changed");
            }
        }
    }

    /** The gateway's own database, as the gateway opens it. */
    static Connection connect(Path folder) throws SQLException {
        Connection connection = DriverManager.getConnection(FILE.urlIn(folder), FILE.user(), "");
        connection.setAutoCommit(false);
        return connection;
    }

    private static void createTable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists crash (id varchar(80) primary key, filler varchar(300),"
                    + " counter bigint)");
            statement.execute(
                    "merge into crash select 'id' || x, repeat('x', 250), 0 from system_range(0, " + (ROWS - 1) + ")");
        }
        connection.commit();
    }

    /** Changes every row, and takes that back. */
    static int tryAll(Connection connection) throws SQLException {
        int changed = change(connection, IntStream.range(0, ROWS));
        connection.rollback();
        return changed;
    }

    private static int change(Connection connection, IntStream rows) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("update crash set counter = counter + 1 where id = ?")) {
            for (int row : rows.toArray()) {
                statement.setString(1, "id" + row);
                statement.addBatch();
            }
            return statement.executeBatch().length;
        }
    }
}
