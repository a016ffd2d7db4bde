package dev.gatehouse.device;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What an update of the gateway does to the rows that it finds. */
class MigrationTest {

    @Test
    void devicesFromBeforeVersion10_areListedByWhatPeopleCallThem() throws SQLException {
        String url = RegistryFixture.freshUrl();
        try (Connection connection = DriverManager.getConnection(url, RegistryFixture.USER, "")) {
            migrate(url, "9");
            insert(connection, "unnamed", "null", "null");
            insert(connection, "shown", "null", "'Beta'");
            insert(connection, "labelled", "'ALPHA'", "'Zebra'");

            try (RegistryFixture updated = new RegistryFixture(url)) {
                DeviceQuery byName =
                        new DeviceQuery(DeviceFilter.NONE, new DeviceSort(DeviceSort.By.NAME, false), Optional.empty());
                assertThat(updated.registry.devices(Authority.owner(), byName, 10))
                        .extracting(Device::deviceId)
                        .containsExactly("unnamed", "labelled", "shown");
            }
        }
    }

    private static void migrate(String url, String version) {
        Flyway.configure()
                .dataSource(url, RegistryFixture.USER, "")
                .locations(Database.MIGRATIONS)
                .target(version)
                .load()
                .migrate();
    }

    private static void insert(Connection connection, String device, String label, String displayName)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("""
                    insert into device (device_id, public_key, label, client_id, client_mode, client_version, platform,
                                        display_name, created_at, approved_at, approved_via, version)
                    values ('%s', 'key', %s, 'cli', 'cli', '1', 'linux', %s, 1, 1, 'OWNER', 1)
                    """.formatted(device, label, displayName));
            statement.executeUpdate("""
                    insert into device_grant (grant_id, device_id, role, scopes, withheld, version)
                    values ('%s/operator', '%s', 'OPERATOR', 'operator.read', '', 1)
                    """.formatted(device, device));
        }
    }
}
