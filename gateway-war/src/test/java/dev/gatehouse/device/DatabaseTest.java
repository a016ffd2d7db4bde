package dev.gatehouse.device;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import jakarta.persistence.OptimisticLockException;

import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.TemporarilyUnavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static dev.gatehouse.device.RegistryFixture.claim;
import static dev.gatehouse.device.RegistryFixture.proof;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DatabaseTest {

    private static final DatabaseSettings FILE = new DatabaseSettings("", "gatehouse", Optional.empty(), 2);
    private static final DeviceSettings DEVICES =
            new DeviceSettings(Duration.ofMinutes(60), 1000, 32, Duration.ofSeconds(5), Duration.ofMinutes(10));

    @TempDir
    private Path folder;

    @Test
    void open_noUrl_keepsDevicesInTheDataFolder() {
        try (Database database = Database.open(FILE, folder);
                DeviceRegistry registry = registry(database)) {
            registry.approveSilently(claim("d1", Role.OPERATOR, "operator.read"));
        }

        assertThat(folder.resolve("devices.mv.db")).isRegularFile();
        try (Database database = Database.open(FILE, folder);
                DeviceRegistry registry = registry(database)) {
            assertThat(registry.find("d1")).isPresent();
        }
    }

    /** A check that misses its deadline is interrupted, wherever it is. */
    @Test
    @Timeout(60)
    void interruptedThreads_leaveTheFileOpenForTheOthers() throws InterruptedException {
        try (Database database = Database.open(FILE, folder);
                DeviceRegistry registry = registry(database)) {
            for (int i = 0; i < 20; i++) {
                String device = "interrupted-" + i;
                Thread interrupted = new Thread(() -> {
                    Thread.currentThread().interrupt();
                    registry.approveSilently(claim(device, Role.OPERATOR, "operator.read"));
                });
                interrupted.setUncaughtExceptionHandler((thread, thrown) -> {}); // it may give up
                interrupted.start();
                interrupted.join();
            }

            registry.approveSilently(claim("d1", Role.OPERATOR, "operator.read"));

            assertThat(registry.find("d1")).isPresent();
        }
    }

    @Test
    @Timeout(20)
    void open_databaseThatDoesNotAnswer_saysWhichAndFailsFast() {
        DatabaseSettings dead =
                new DatabaseSettings("jdbc:postgresql://127.0.0.1:1/gate?x=y", "gatehouse", Optional.empty(), 2);

        assertThatThrownBy(() -> Database.open(dead, folder))
                .isInstanceOf(TemporarilyUnavailable.class)
                .hasMessageContaining("'jdbc:postgresql://127.0.0.1:1/gate'");
    }

    @Test
    void everyDoor_databaseClosed_isTemporarilyUnavailable() {
        RegistryFixture fixture = new RegistryFixture();
        fixture.database.close();

        assertThatThrownBy(() -> fixture.registry.find("d1")).isInstanceOf(TemporarilyUnavailable.class);
        assertThatThrownBy(() -> fixture.registry.open(claim("d1", Role.NODE)))
                .isInstanceOf(TemporarilyUnavailable.class);
        assertThatThrownBy(() -> fixture.registry.approveSilently(claim("d1", Role.NODE)))
                .isInstanceOf(TemporarilyUnavailable.class);
        assertThatThrownBy(() -> fixture.registry.examine(proof("d1"), Role.NODE, Scopes.none(), Secret.of("token")))
                .isInstanceOf(TemporarilyUnavailable.class);
    }

    @Test
    @Timeout(20)
    void inTransaction_databaseShutDownUnderway_isTemporarilyUnavailable() {
        try (Database database = Database.open(FILE, folder)) {
            assertThatThrownBy(() -> database.inTransaction(entityManager -> {
                        entityManager.createNativeQuery("shutdown immediately").executeUpdate();
                        return entityManager.find(DeviceEntity.class, "d1") == null;
                    }))
                    .isInstanceOf(TemporarilyUnavailable.class);
        }
    }

    @Test
    @Timeout(10)
    void read_noConnectionToBeHad_failsFast() {
        try (Database database = Database.open(FILE, folder)) {
            Duration waited = holdingConnection(
                    database,
                    "a",
                    () -> holdingConnection(database, "b", () -> {
                        long start = System.nanoTime();
                        assertThatThrownBy(() -> database.read(reader -> reader.find(DeviceEntity.class, "d1") == null))
                                .isInstanceOf(TemporarilyUnavailable.class);
                        return Duration.ofNanos(System.nanoTime() - start);
                    }));

            assertThat(waited).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void inTransaction_workThatCollides_isDoneThreeTimesAtMost() {
        AtomicInteger attempts = new AtomicInteger();
        try (RegistryFixture fixture = new RegistryFixture()) {
            assertThatThrownBy(() -> fixture.database.inTransaction(entityManager -> {
                        attempts.incrementAndGet();
                        throw new OptimisticLockException();
                    }))
                    .isInstanceOf(TemporarilyUnavailable.class);
        }

        assertThat(attempts).hasValue(3);
    }

    @Test
    void inTransaction_workThatThrows_isRolledBackAndThrownOn() {
        try (RegistryFixture fixture = new RegistryFixture()) {
            assertThatThrownBy(() -> fixture.database.inTransaction(entityManager -> {
                        entityManager.persist(apiKey("k"));
                        entityManager.flush();
                        throw new IllegalArgumentException("mine");
                    }))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("mine");
            assertThat(new ApiKeys(fixture.database, fixture.clock, new SecureRandom(), event -> {}).isEmpty())
                    .isTrue();
        }
    }

    @Test
    void everyColumn_afterTokensAndKeysWereIssued_holdsNoneOfThem() {
        try (RegistryFixture fixture = new RegistryFixture()) {
            fixture.pair("d1", "operator.read");
            Secret token = fixture.registry
                    .tokenForHello("d1", Role.OPERATOR)
                    .orElseThrow()
                    .token();
            Secret key = new ApiKeys(fixture.database, fixture.clock, new SecureRandom(), event -> {})
                    .create(Actor.OWNER, "ci");

            List<String> values = everyValue(fixture.database);

            assertThat(values).anyMatch(value -> value.startsWith("sha256:"));
            assertThat(values)
                    .noneMatch(value -> value.contains(token.expose()))
                    .noneMatch(value -> value.contains(key.expose().substring("gk_".length() + 9)));
        }
    }

    private static List<String> everyValue(Database database) {
        return database.read(entityManager -> {
            List<String> values = new ArrayList<>();
            for (String table : List.of("device", "device_grant", "pairing_request", "api_key")) {
                for (Object row : entityManager
                        .createNativeQuery("select * from " + table)
                        .getResultList()) {
                    for (Object value : (Object[]) row) {
                        values.add(String.valueOf(value));
                    }
                }
            }
            return values;
        });
    }

    private static ApiKeyEntity apiKey(String id) {
        return new ApiKeyEntity(
                id, new Label("label"), SecretHash.of(Secret.of(id)), KeyScope.ADMIN, 1, Optional.empty());
    }

    private static <T> T holdingConnection(Database database, String key, Supplier<T> work) {
        return database.inTransaction(entityManager -> {
            entityManager.persist(apiKey(key));
            entityManager.flush();
            return work.get();
        });
    }

    private static DeviceRegistry registry(Database database) {
        return new DeviceRegistry(database, () -> DEVICES, Clock.systemUTC(), new SecureRandom(), event -> {});
    }
}
