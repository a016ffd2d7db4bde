package dev.gatehouse.offline.openclaw;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * A state database as OpenClaw 2026.9.6 makes it, with its own table definitions and devices that were made up. Written by
 * SQLite itself, and open: as long as it is, the last changes are in the write-ahead log.
 */
public final class StateFile implements AutoCloseable {

    private static final String PAIRED = """
            CREATE TABLE device_pairing_paired (
              device_id TEXT NOT NULL PRIMARY KEY,
              public_key TEXT NOT NULL,
              display_name TEXT,
              operator_label TEXT,
              platform TEXT,
              device_family TEXT,
              client_id TEXT,
              client_mode TEXT,
              browser_origin TEXT,
              role TEXT,
              roles_json TEXT,
              scopes_json TEXT,
              approved_scopes_json TEXT,
              remote_ip TEXT,
              tokens_json TEXT,
              approved_via TEXT,
              node_surface_json TEXT,
              pending_node_surface_json TEXT,
              created_at_ms INTEGER NOT NULL,
              approved_at_ms INTEGER NOT NULL,
              last_seen_at_ms INTEGER,
              last_seen_reason TEXT
            ) STRICT""";
    private static final String PENDING = """
            CREATE TABLE device_pairing_pending (
              request_id TEXT NOT NULL PRIMARY KEY,
              device_id TEXT NOT NULL,
              public_key TEXT NOT NULL,
              display_name TEXT,
              platform TEXT,
              device_family TEXT,
              client_id TEXT,
              client_mode TEXT,
              browser_origin TEXT,
              role TEXT,
              roles_json TEXT,
              scopes_json TEXT,
              remote_ip TEXT,
              silent INTEGER,
              is_repair INTEGER,
              ts INTEGER NOT NULL,
              refreshed_at_ms INTEGER
            ) STRICT""";
    private static final String INSERT = """
            insert into device_pairing_paired (device_id, public_key, display_name, operator_label, platform,
              device_family, client_id, client_mode, role, roles_json, scopes_json, approved_scopes_json, tokens_json,
              approved_via, node_surface_json, created_at_ms, approved_at_ms, last_seen_at_ms, last_seen_reason)
            values (?, ?, 'vm', 'Ada''s laptop', 'linux', 'Linux', 'cli', 'cli', ?, ?, ?, ?, ?, ?, ?, 1795369057925,
              1795369057926, 1795369057907, 'connect')""";

    private final Path path;
    private final Connection connection;

    public StateFile(Path path) throws SQLException {
        this(path, 4096);
    }

    StateFile(Path path, int pageSize) throws SQLException {
        this.path = path;
        this.connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        execute("pragma page_size = " + pageSize);
        execute("pragma auto_vacuum = 2");
        execute("pragma journal_mode = wal");
        execute("pragma wal_autocheckpoint = 0");
        execute(PAIRED);
        execute(
                "CREATE INDEX idx_device_pairing_paired_approved ON device_pairing_paired(approved_at_ms DESC, device_id)");
        execute(PENDING);
    }

    /** A made-up key, the same for the same number. */
    public static String key(int number) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(new byte[] {(byte) number, 7}));
    }

    public static String id(int number) {
        return HexFormat.of().formatHex(sha256(Base64.getUrlDecoder().decode(key(number))));
    }

    /** The token that a device has for a role. */
    public static String token(int number, String role) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(sha256((number + role).getBytes(StandardCharsets.UTF_8)));
    }

    public Path path() {
        return path;
    }

    /** An operator that may read, with its token, approved by the owner. */
    public StateFile operator(int number) throws SQLException {
        return device(
                id(number),
                key(number),
                "operator",
                "[\"operator.read\"]",
                tokens(number, "operator", ""),
                "owner",
                null);
    }

    /** An operator that may read, with a key and a token of its own. */
    public StateFile operator(String id, String key, String token) throws SQLException {
        String tokens = tokens(0, "operator", "").replace(token(0, "operator"), token);
        return device(id, key, "operator", "[\"operator.read\"]", tokens, "owner", null);
    }

    static String tokens(int number, String role, String more) {
        return "{\"" + role + "\":{\"token\":\"" + token(number, role) + "\",\"role\":\"" + role
                + "\",\"scopes\":[\"operator.read\"],\"createdAtMs\":1795369057925" + more + "}}";
    }

    @SuppressWarnings("NullAway") // SQL knows null
    StateFile device(
            String id, String key, String role, String scopes, String tokens, String via, @Nullable String surface)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, id);
            insert.setString(2, key);
            insert.setString(3, role);
            insert.setString(4, "[\"" + role + "\"]");
            insert.setString(5, scopes);
            insert.setString(6, scopes);
            insert.setString(7, tokens);
            insert.setString(8, via);
            insert.setString(9, surface);
            insert.executeUpdate();
        }
        return this;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
