package dev.gatehouse.device;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import dev.gatehouse.spi.Client;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.PairingDesk;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;

/**
 * A registry on a fresh database: on H2 in memory, or, when the system property {@code gatehouse.test.database} says
 * {@code postgresql}, on a PostgreSQL server of the tests' own, a schema for each test.
 */
public final class RegistryFixture implements AutoCloseable {

    static final String USER = "gatehouse";
    private static final DeviceSettings DEFAULTS =
            new DeviceSettings(Duration.ofMinutes(60), 1000, 32, Duration.ofSeconds(5), Duration.ofMinutes(10));
    private static final Path NO_FOLDER = Path.of("unused");

    public final Database database;
    public final DeviceRegistry registry;
    final MutableClock clock = new MutableClock();
    final List<DeviceEvent> events = new CopyOnWriteArrayList<>();

    public RegistryFixture() {
        this(DEFAULTS);
    }

    /** On a database that may have tables and rows. */
    RegistryFixture(String url) {
        this(url, () -> DEFAULTS);
    }

    RegistryFixture(DeviceSettings settings) {
        this(() -> settings);
    }

    RegistryFixture(Supplier<DeviceSettings> settings) {
        this(freshUrl(), settings);
    }

    RegistryFixture(String url, Supplier<DeviceSettings> settings) {
        this.database = Database.open(new DatabaseSettings(url, USER, Optional.empty(), 4), NO_FOLDER);
        this.registry = new DeviceRegistry(database, settings, clock, new SecureRandom(), events::add);
    }

    /** Invitations on the same database. */
    public Invitations invitations() {
        InvitationSettings settings =
                new InvitationSettings(Duration.ofMinutes(10), 100, Optional.empty(), Optional.empty());
        return new Invitations(database, () -> DEFAULTS, () -> settings, clock, new SecureRandom(), events::add);
    }

    @Override
    public void close() {
        registry.close();
        database.close();
    }

    public static PairingDesk.Claim claim(String device, Role role, String... scopes) {
        return claimFrom("192.0.2.7", device, role, scopes);
    }

    static PairingDesk.Claim claimFrom(String peer, String device, Role role, String... scopes) {
        return new PairingDesk.Claim(
                proof(device),
                client("linux"),
                role,
                Scopes.of(scopes),
                PairingDesk.Need.NOT_PAIRED,
                address(peer),
                false);
    }

    /** The same claim of a device whose platform is not the one that was approved. */
    static PairingDesk.Claim fromAnotherPlatform(PairingDesk.Claim claim) {
        return new PairingDesk.Claim(
                claim.device(),
                claim.client(),
                claim.role(),
                claim.scopes(),
                PairingDesk.Need.METADATA_UPGRADE,
                claim.peer(),
                claim.isLocal());
    }

    static DeviceProof.Verified proof(String device) {
        return new DeviceProof.Verified(device, "key-of-" + device);
    }

    static Client client(String platform) {
        return new Client(
                "cli", "cli", "2026.9.6", platform, Optional.of("PC"), Optional.of("Ada's laptop"), List.of());
    }

    public String open(PairingDesk.Claim claim) {
        return registry.open(claim).orElseThrow().requestId();
    }

    public PairingRequest approve(String requestId) {
        return registry.approve(
                Authority.owner(), requestId, new Approval(Optional.empty(), Optional.empty(), ApprovedVia.OWNER));
    }

    PairingRequest approve(String requestId, String... scopes) {
        return registry.approve(
                Authority.owner(),
                requestId,
                new Approval(Optional.of(Scopes.of(scopes)), Optional.empty(), ApprovedVia.OWNER));
    }

    /** Pairs a device for the operator role. */
    public void pair(String device, String... scopes) {
        approve(open(claim(device, Role.OPERATOR, scopes)));
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The JDBC URL of an empty database, which on H2 lives as long as a connection to it is open. */
    static String freshUrl() {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        String database = System.getProperty("gatehouse.test.database", "h2");
        return switch (database) {
            case "h2" -> "jdbc:h2:mem:" + name;
            case "postgresql" -> PostgresqlServer.shared().freshSchema(name);
            default ->
                throw new IllegalStateException(
                        "gatehouse.test.database is 'h2' or 'postgresql', not '" + database + "'");
        };
    }
}
