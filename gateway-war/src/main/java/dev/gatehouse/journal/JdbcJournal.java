package dev.gatehouse.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The journal's tables on one connection, in a transaction of the caller. */
final class JdbcJournal {

    private final Connection connection;

    JdbcJournal(Connection connection) {
        this.connection = connection;
    }

    /** Where the chain ends, and what comes before the first entry that is kept. */
    record Head(long sequence, String hash, long firstSequence, String previousHash) {}

    /** A note that has no number yet. */
    record Pending(long id, Instant at, String type, Optional<String> deviceId, String body) {}

    void note(Note note) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into journal_pending (happened_at, type, device_id, body) values (?, ?, ?, ?)")) {
            insert.setLong(1, note.at().toEpochMilli());
            insert.setString(2, note.type());
            insert.setString(3, note.deviceId().orElse(null));
            insert.setString(4, Document.body(note));
            insert.executeUpdate();
        }
    }

    Head head() throws SQLException {
        return head("select sequence, hash, first_sequence, previous_hash from journal_head where id = 1");
    }

    /** Nobody else numbers entries until the transaction ends. */
    Head lockedHead() throws SQLException {
        return head("select sequence, hash, first_sequence, previous_hash from journal_head where id = 1 for update");
    }

    private Head head(String query) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query);
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("journal_head is empty; somebody removed its row");
            }
            return new Head(row.getLong(1), row.getString(2), row.getLong(3), row.getString(4));
        }
    }

    List<Pending> pending(int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select id, happened_at, type, device_id, body from journal_pending order by id limit ?")) {
            select.setInt(1, limit);
            List<Pending> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(new Pending(
                            row.getLong(1),
                            Instant.ofEpochMilli(row.getLong(2)),
                            row.getString(3),
                            Optional.ofNullable(row.getString(4)),
                            row.getString(5)));
                }
            }
            return found;
        }
    }

    void remove(List<Pending> numbered) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from journal_pending where id = ?")) {
            for (Pending pending : numbered) {
                delete.setLong(1, pending.id());
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    void add(List<Link> links) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into journal_entry (sequence, happened_at, type, device_id, document,"
                        + " hash) values (?, ?, ?, ?, ?, ?)")) {
            for (Link link : links) {
                insert.setLong(1, link.entry().sequence());
                insert.setLong(2, link.entry().at().toEpochMilli());
                insert.setString(3, link.entry().type());
                insert.setString(4, link.deviceId().orElse(null));
                insert.setString(5, link.entry().document());
                insert.setString(6, link.entry().hash());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    void moveHead(Head head) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update journal_head set sequence = ?, hash = ?,"
                + " first_sequence = ?, previous_hash = ? where id = 1")) {
            update.setLong(1, head.sequence());
            update.setString(2, head.hash());
            update.setLong(3, head.firstSequence());
            update.setString(4, head.previousHash());
            update.executeUpdate();
        }
    }

    /** The entries after a number, in order. */
    List<JournalEntry> after(long sequence, int limit) throws SQLException {
        return entries("where sequence > ? order by sequence limit ?", sequence, limit);
    }

    /** The entries before a number, the last one first. */
    List<JournalEntry> before(long sequence, int limit) throws SQLException {
        return entries("where sequence < ? order by sequence desc limit ?", sequence, limit);
    }

    /** The entries about a device before a number, the last one first. */
    List<JournalEntry> aboutBefore(String deviceId, long sequence, int limit) throws SQLException {
        return entries(
                "where device_id = ? and sequence < ? order by sequence desc limit ?", deviceId, sequence, limit);
    }

    private List<JournalEntry> entries(String where, Object... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select sequence, happened_at, type, document, hash from journal_entry " + where)) {
            for (int i = 0; i < values.length; i++) {
                select.setObject(i + 1, values[i]);
            }
            List<JournalEntry> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(new JournalEntry(
                            row.getLong(1),
                            Instant.ofEpochMilli(row.getLong(2)),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5)));
                }
            }
            return found;
        }
    }

    /** The number of the last entry that happened before a time, if there is one. */
    Optional<Long> lastBefore(Instant time) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select max(sequence) from journal_entry where happened_at < ?")) {
            select.setLong(1, time.toEpochMilli());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.ofNullable(row.getObject(1, Long.class)) : Optional.empty();
            }
        }
    }

    void removeUpTo(long sequence) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from journal_entry where sequence <= ?")) {
            delete.setLong(1, sequence);
            delete.executeUpdate();
        }
    }

    /** An entry with the device that it is about, which has a column of its own. */
    record Link(JournalEntry entry, Optional<String> deviceId) {}
}
