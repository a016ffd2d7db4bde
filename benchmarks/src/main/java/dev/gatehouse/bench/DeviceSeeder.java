package dev.gatehouse.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import dev.gatehouse.bench.client.ClientProfile;

/**
 * Writes approved devices with a grant and a used token each, straight into the gateway's tables.
 *
 * <p>All that the benchmarks know of the gateway's schema is in this class. The tables must exist, so the gateway has
 * to have been started once; and it must be stopped now, because an H2 file is open to one process only.
 */
final class DeviceSeeder {

    private static final String DEVICE = """
            insert into device (device_id, public_key, client_id, client_mode, client_version, platform,
                                device_family, created_at, approved_at, approved_via, last_seen_at, version)
            values (?, ?, ?, ?, '1.0.0', ?, ?, ?, ?, 'OWNER', ?, 1)
            """;

    private static final String GRANT = """
            insert into device_grant (grant_id, device_id, role, scopes, withheld, token_hash, token_issued_at,
                                      token_last_used_at, version)
            values (?, ?, 'OPERATOR', ?, '', ?, ?, ?, 1)
            """;

    /** One transaction each. */
    private static final int BATCH = 1000;

    private final Connection connection;
    private final long seed;
    private final long now;

    private record Row(String deviceId, String publicKey, String tokenHash) {}

    DeviceSeeder(Connection connection, long seed, Clock clock) {
        this.connection = connection;
        this.seed = seed;
        this.now = clock.millis();
    }

    /** Adds them; a seed that was added before fails at once and adds nothing. */
    void add(int count) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement device = connection.prepareStatement(DEVICE);
                PreparedStatement grant = connection.prepareStatement(GRANT)) {
            int added = 0;
            for (Row row : rows(count)) {
                addDevice(device, row);
                addGrant(grant, row);
                added++;
                if (added % BATCH == 0 || added == count) {
                    device.executeBatch();
                    grant.executeBatch();
                    connection.commit();
                }
            }
        }
    }

    /** In the order of their ids: at random, a million would write each page of H2's file again and again. */
    private List<Row> rows(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> SeededDevice.of(seed, number))
                .map(seeded -> new Row(seeded.key().id(), seeded.key().publicKey(), seeded.tokenHash()))
                .sorted(Comparator.comparing(Row::deviceId))
                .toList();
    }

    private void addDevice(PreparedStatement device, Row row) throws SQLException {
        ClientProfile profile = ClientProfile.BACKEND;
        device.setString(1, row.deviceId());
        device.setString(2, row.publicKey());
        device.setString(3, profile.id());
        device.setString(4, profile.mode());
        device.setString(5, profile.platform());
        device.setString(6, profile.deviceFamily());
        device.setLong(7, now);
        device.setLong(8, now);
        device.setLong(9, now);
        device.addBatch();
    }

    private void addGrant(PreparedStatement grant, Row row) throws SQLException {
        grant.setString(1, row.deviceId() + "/operator");
        grant.setString(2, row.deviceId());
        grant.setString(3, String.join(" ", ClientProfile.BACKEND.scopes()));
        grant.setString(4, row.tokenHash());
        grant.setLong(5, now);
        grant.setLong(6, now);
        grant.addBatch();
    }
}
