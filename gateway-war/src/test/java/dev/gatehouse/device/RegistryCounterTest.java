package dev.gatehouse.device;

import java.time.Duration;
import java.util.Optional;

import dev.gatehouse.spi.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RegistryCounterTest {

    private static final DeviceSettings SETTINGS =
            new DeviceSettings(Duration.ofMinutes(60), 1000, 32, Duration.ofSeconds(5), Duration.ofMinutes(10));
    private static final String SCOPE = "operator.read";

    private static final DeviceSettings WITH_AN_END = new DeviceSettings(
            Duration.ofMinutes(60),
            1000,
            32,
            Duration.ofSeconds(5),
            Duration.ofMinutes(10),
            Optional.of(Duration.ofHours(1)),
            false,
            Optional.empty());

    private volatile DeviceSettings settings = SETTINGS;
    private final RegistryFixture fixture = new RegistryFixture(() -> settings);
    private final RegistryCounter counter = new RegistryCounter(fixture.database, () -> settings, fixture.clock);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void registry_withNothingInIt_countsNothing() {
        assertThat(counter.count()).isEqualTo(new RegistryCounts(0, 0, 0, 0, 0, 0));
    }

    @Test
    void requestsAndDevices_areCountedByTheirState() {
        fixture.open(RegistryFixture.claim("waits", Role.OPERATOR, SCOPE));
        approve("new");
        approve("holds");
        approve("lost");
        fixture.registry.tokenForHello("holds", Role.OPERATOR);
        fixture.registry.tokenForHello("lost", Role.OPERATOR);
        fixture.registry.revoke(Authority.owner(), "lost", Role.OPERATOR);

        assertThat(counter.count()).isEqualTo(new RegistryCounts(3, 1, 1, 0, 1, 1));
    }

    @Test
    void request_thatIsOverdue_doesNotWait() {
        fixture.open(RegistryFixture.claim("waits", Role.OPERATOR, SCOPE));

        fixture.clock.advance(Duration.ofMinutes(61));

        assertThat(counter.count().pairingPending()).isZero();
    }

    @Test
    void token_whoseEndHasPassed_isExpiredWhileTokensEnd() {
        settings = WITH_AN_END;
        approve("holds");
        fixture.registry.tokenForHello("holds", Role.OPERATOR);
        assertThat(counter.count().activeTokens()).isEqualTo(1);

        fixture.clock.advance(Duration.ofMinutes(61));
        assertThat(counter.count()).isEqualTo(new RegistryCounts(1, 0, 0, 1, 0, 0));

        settings = SETTINGS;
        assertThat(counter.count()).isEqualTo(new RegistryCounts(1, 0, 1, 0, 0, 0));
    }

    private void approve(String device) {
        fixture.registry.approve(
                Authority.owner(),
                fixture.open(RegistryFixture.claim(device, Role.OPERATOR, SCOPE)),
                new Approval(Optional.empty(), Optional.empty(), ApprovedVia.OWNER));
    }
}
