package dev.gatehouse.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import dev.gatehouse.bench.client.DeviceKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The tables here are the columns that the gateway demands, in an in-memory database. */
class DeviceSeederTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_760_000_000_000L), ZoneOffset.UTC);

    private Connection connection;

    @BeforeEach
    void createTables() throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:");
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table device (device_id varchar(128) primary key, public_key varchar(128) not null,"
                            + " label varchar(64), client_id varchar(256) not null, client_mode varchar(256) not null,"
                            + " client_version varchar(256) not null, platform varchar(256) not null,"
                            + " device_family varchar(256), display_name varchar(256), created_at bigint not null,"
                            + " approved_at bigint not null,"
                            + " approved_via varchar(16) not null, last_seen_at bigint, version bigint not null)");
            statement.execute("create table device_grant (grant_id varchar(144) primary key,"
                    + " device_id varchar(128) not null references device (device_id), role varchar(16) not null,"
                    + " scopes varchar(8192) not null, withheld varchar(8192) not null, token_hash varchar(64),"
                    + " token_issued_at bigint, token_last_used_at bigint, version bigint not null)");
        }
    }

    @AfterEach
    void dropTables() throws SQLException {
        connection.close();
    }

    @Test
    void add_moreThanOneBatch_writesEveryDeviceWithItsGrant() throws SQLException {
        new DeviceSeeder(connection, 1, CLOCK).add(1001);

        assertThat(count("device")).isEqualTo(1001);
        assertThat(count("device_grant g join device d on g.grant_id = d.device_id || '/operator'"))
                .isEqualTo(1001);
        assertThat(count("device where device_id = '" + DeviceKey.of(1, -1).id() + "'"))
                .isEqualTo(1);
    }

    @Test
    void add_sameSeedAgain_failsAndAddsNothing() throws SQLException {
        new DeviceSeeder(connection, 1, CLOCK).add(2);

        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> new DeviceSeeder(connection, 1, CLOCK).add(3));

        connection.rollback(); // what a process that ends does
        assertThat(count("device")).isEqualTo(2);
    }

    private int count(String from) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + from)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
