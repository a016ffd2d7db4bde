package dev.gatehouse.offline.openclaw;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** That our reader and SQLite itself see the same in a file, and what it makes of files that are none. */
class SqliteFileTest {

    private static final int ROWS_MAX = 10_000;

    @TempDir
    private Path folder;

    private final Random random = new Random(20261122);

    @ParameterizedTest
    @ValueSource(ints = {512, 1024, 4096, 65_536})
    void table_ofAnyPageSize_isReadAsSqliteReadsIt(int pageSize) throws Exception {
        Path file = folder.resolve("any.sqlite");
        try (Connection connection = connect(file)) {
            execute(connection, "pragma page_size = " + pageSize);
            execute(
                    connection,
                    "create table things (name text, \"size\" integer not null, weight real, raw blob,"
                            + " note text default ('a, b') check (length(note) < 900000), primary key (name)) ");
            fill(connection, 400);
            execute(connection, "delete from things where size % 7 = 0");
            execute(connection, "alter table things add column added text");

            assertThat(read(file, "things")).containsExactlyElementsOf(expected(connection));
        }
    }

    @Test
    void changesInTheLog_count_andThoseThatAreNotCommittedDoNot() throws Exception {
        Path file = folder.resolve("log.sqlite");
        try (Connection connection = connect(file)) {
            execute(connection, "pragma journal_mode = wal");
            execute(connection, "pragma wal_autocheckpoint = 0");
            execute(connection, "create table things (name text, size integer, weight real, raw blob, note text)");
            fill(connection, 100);
            execute(connection, "pragma wal_checkpoint(restart)");
            fill(connection, 100);
            execute(connection, "update things set note = 'changed' where size < 50");
            List<Map<String, Object>> committed = expected(connection);
            execute(connection, "pragma cache_size = 2"); // so that what is not committed reaches the log
            connection.setAutoCommit(false);
            fill(connection, 300);

            assertThat(Files.size(folder.resolve("log.sqlite-wal"))).isPositive();
            assertThat(read(file, "things")).containsExactlyElementsOf(committed);
            connection.rollback();
        }
    }

    @Test
    void reading_leavesEveryByteAsItWas() throws Exception {
        Path file = folder.resolve("state.sqlite");
        try (StateFile state = new StateFile(file)) {
            state.operator(1);
            byte[] before = Files.readAllBytes(file);
            byte[] log = Files.readAllBytes(folder.resolve("state.sqlite-wal"));

            assertThat(read(file, "device_pairing_paired")).hasSize(1);

            assertThat(Files.readAllBytes(file)).isEqualTo(before);
            assertThat(Files.readAllBytes(folder.resolve("state.sqlite-wal"))).isEqualTo(log);
        }
    }

    @Test
    void fileThatIsNoDatabase_isSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "device_pairing_paired\n".repeat(50));

        assertThatThrownBy(() -> read(file, "things"))
                .isInstanceOf(UnusableState.class)
                .hasMessageContaining("is no SQLite database");
    }

    @Test
    void brokenOffChange_isSaid() throws Exception {
        Path file = folder.resolve("hot.sqlite");
        try (Connection connection = connect(file)) {
            execute(connection, "create table things (name text)");
        }
        Files.writeString(folder.resolve("hot.sqlite-journal"), "a change that was broken off");

        assertThatThrownBy(() -> read(file, "things")).hasMessageContaining("broken off");
    }

    @Test
    void moreRowsThanAllowed_areNotRead() throws Exception {
        Path file = folder.resolve("many.sqlite");
        try (Connection connection = connect(file)) {
            execute(connection, "create table things (name text, size integer, weight real, raw blob, note text)");
            fill(connection, 20);
        }

        assertThatThrownBy(() -> new SqliteFile(file).tables(List.of("things"), 19))
                .isInstanceOf(UnusableState.class)
                .hasMessageContaining("more than 19 rows");
    }

    /** Whatever is damaged, reading ends, in the rows or in a message. */
    @Test
    void damagedFiles_areRefusedOrRead_neverWorse() throws Exception {
        Path file = folder.resolve("good.sqlite");
        try (Connection connection = connect(file)) {
            execute(connection, "pragma page_size = 512");
            execute(connection, "create table things (name text, size integer, weight real, raw blob, note text)");
            fill(connection, 60);
        }
        byte[] good = Files.readAllBytes(file);
        int refused = 0;
        for (int round = 0; round < 600; round++) {
            byte[] bad = good.clone();
            for (int i = 0; i <= random.nextInt(4); i++) {
                bad[random.nextInt(round % 2 == 0 ? 1024 : bad.length)] = (byte) random.nextInt(256);
            }
            Path damaged = folder.resolve("damaged.sqlite");
            Files.write(damaged, bad, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
            try {
                new SqliteFile(damaged).tables(List.of("things"), ROWS_MAX);
            } catch (UnusableState e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private static List<Map<String, Object>> read(Path file, String table) {
        return Optional.ofNullable(
                        new SqliteFile(file).tables(List.of(table), ROWS_MAX).get(table))
                .orElseThrow()
                .stream()
                .map(SqliteFileTest::comparable)
                .toList();
    }

    private static Map<String, Object> comparable(Map<String, Object> row) {
        Map<String, Object> comparable = new HashMap<>();
        row.forEach((name, value) -> comparable.put(name, comparable(value)));
        return comparable;
    }

    private static Object comparable(Object value) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        return value instanceof Integer small ? Long.valueOf(small) : value;
    }

    private void fill(Connection connection, int rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into things (name, size, weight, raw, note) values (?, ?, ?, ?, ?)")) {
            for (int i = 0; i < rows; i++) {
                byte[] raw = new byte[random.nextInt(4) == 0 ? random.nextInt(9_000) : random.nextInt(40)];
                random.nextBytes(raw);
                insert.setString(1, "ä" + random.nextLong());
                insert.setLong(2, random.nextLong() >> random.nextInt(64));
                insert.setDouble(3, random.nextGaussian());
                insert.setBytes(4, raw);
                insert.setString(5, random.nextBoolean() ? "n".repeat(random.nextInt(3_000)) : "");
                insert.executeUpdate();
            }
        }
    }

    private static List<Map<String, Object>> expected(Connection connection) throws SQLException {
        List<Map<String, Object>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select * from things order by rowid")) {
            while (result.next()) {
                Map<String, Object> row = new HashMap<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    Object value = result.getObject(i);
                    if (value != null) {
                        row.put(result.getMetaData().getColumnName(i), comparable(value));
                    }
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static Connection connect(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
