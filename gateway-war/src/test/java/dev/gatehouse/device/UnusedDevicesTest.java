package dev.gatehouse.device;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

import dev.gatehouse.spi.DeviceDirectory.TokenStanding;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.gatehouse.device.RegistryFixture.claim;
import static dev.gatehouse.device.RegistryFixture.proof;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Devices that nobody uses, in a gateway whose operator limits that. */
class UnusedDevicesTest {

    private static final Duration LIMIT = Duration.ofDays(70);
    private static final Duration NOTICE = Duration.ofDays(10);
    private static final Duration QUIET = LIMIT.minus(NOTICE);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Sighting CONNECT = new Sighting(Optional.of("192.0.2.7"), "2026.9.6", "connect");
    private static final Authority OWNER = Authority.owner();

    private volatile Optional<Duration> limit = Optional.of(LIMIT);
    private final Set<String> connected = ConcurrentHashMap.newKeySet();
    private final RegistryFixture fixture = new RegistryFixture(this::settings);
    private final DeviceRegistry registry = new DeviceRegistry(
            fixture.database, this::settings, fixture.clock, new SecureRandom(), this::heard, () -> connected);
    private final Logger logger = Logger.getLogger(UnusedDevices.class.getName());
    private final Lines lines = new Lines();

    @BeforeEach
    void listen() {
        logger.addHandler(lines);
    }

    @AfterEach
    void close() {
        logger.removeHandler(lines);
        registry.close();
        fixture.close();
    }

    @Test
    void device_inTheLastSeventh_isWarnedOfOnce_andListedWithItsEnd() {
        fixture.pair("d1", "operator.read");
        registry.relabel(OWNER, "d1", "kitchen");
        Instant end = fixture.clock.instant().plus(LIMIT);

        fixture.clock.advance(QUIET.minus(MOMENT));
        sweep(0);
        assertThat(expiresAt("d1")).isEmpty();
        assertThat(lines.warnings).isEmpty();
        fixture.clock.advance(MOMENT);
        sweep(0);
        sweep(0);

        assertThat(expiresAt("d1")).contains(end);
        assertThat(lines.warnings)
                .singleElement()
                .asString()
                .contains("device d1 ('kitchen') was last used on 2026-11-22 and is removed on 2027-01-31")
                .contains("let it connect once or raise devices.unused-expiry");
    }

    @Test
    void device_atItsEnd_isRemovedWithItsToken_andEverybodyIsTold() {
        fixture.pair("d1", "operator.read");
        fixture.open(claim("d1", Role.NODE));
        Secret token = registry.tokenForHello("d1", Role.OPERATOR).orElseThrow().token();
        announce();

        fixture.clock.advance(NOTICE.minus(MOMENT));
        sweep(0);
        assertThat(registry.find("d1")).isPresent();
        fixture.clock.advance(MOMENT);
        sweep(1);

        assertThat(registry.find("d1")).isEmpty();
        assertThat(registry.examine(proof("d1"), Role.OPERATOR, Scopes.none(), token))
                .isInstanceOf(TokenStanding.Invalid.class);
        assertThat(registry.pairingRequests(OWNER, PairingRequest.State.PENDING))
                .isEmpty();
        assertThat(fixture.events).contains(new DeviceEvent.DeviceRemoved("d1"));
    }

    @Test
    void device_thatComesBackBeforeItsEnd_startsAnew() {
        fixture.pair("d1", "operator.read");
        announce();

        registry.seen("d1", CONNECT);
        sweep(0);

        assertThat(expiresAt("d1")).isEmpty();
        fixture.clock.advance(LIMIT.minus(MOMENT));
        sweep(0);
        assertThat(registry.find("d1")).isPresent();
    }

    @Test
    void device_thatWasApprovedAgain_startsAnew() {
        fixture.pair("d1", "operator.read");
        announce();

        fixture.pair("d1", "operator.read", "operator.write");

        assertThat(expiresAt("d1")).isEmpty();
        fixture.clock.advance(NOTICE);
        sweep(0);
    }

    @Test
    void deviceWithASession_isNeverRemoved_andItsTimeBeginsWithTheEndOfThat() {
        fixture.pair("d1", "operator.read");
        connected.add("d1");
        fixture.clock.advance(LIMIT.multipliedBy(3));
        sweep(0);
        connected.clear();

        fixture.clock.advance(QUIET.minus(MOMENT));
        sweep(0);

        assertThat(expiresAt("d1")).isEmpty();
        assertThat(lines.warnings).isEmpty();
    }

    @Test
    void deviceWhoseSessionBegins_asItsEndHasCome_isNotRemoved() {
        fixture.pair("d1", "operator.read");
        announce();
        fixture.clock.advance(NOTICE);
        Set<String> late = ConcurrentHashMap.newKeySet();
        int[] asked = {0};

        try (DeviceRegistry racing = new DeviceRegistry(
                fixture.database, this::settings, fixture.clock, new SecureRandom(), this::heard, () -> {
                    if (asked[0]++ > 0) { // it was not there when the sweep began
                        late.add("d1");
                    }
                    return late;
                })) {
            assertThat(racing.removeUnused()).isZero();
        }

        assertThat(registry.find("d1")).isPresent();
    }

    @Test
    void connectAtThatMoment_leavesNoSessionWithoutADevice() throws Exception {
        for (int round = 0; round < Race.ROUNDS; round++) {
            String device = "d" + round;
            fixture.pair(device, "operator.read");
            announce();
            fixture.clock.advance(NOTICE);

            Race.between(() -> connect(device), registry::removeUnused);

            assertThat(connected.contains(device))
                    .isEqualTo(registry.grant(device, Role.OPERATOR).isPresent());
            connected.clear();
            registry.find(device).ifPresent(kept -> registry.remove(OWNER, device));
        }
    }

    @Test
    void limitThatIsNew_removesNobodyWithoutANotice() {
        limit = Optional.empty();
        fixture.pair("d1", "operator.read");
        fixture.clock.advance(LIMIT.multipliedBy(3));
        sweep(0);
        assertThat(lines.warnings).isEmpty();
        limit = Optional.of(LIMIT);

        sweep(0);

        assertThat(expiresAt("d1")).contains(fixture.clock.instant().plus(NOTICE));
        fixture.clock.advance(NOTICE);
        sweep(1);
    }

    @Test
    void limitThatIsLongerNowOrLifted_withdrawsWhatWasAnnounced() {
        fixture.pair("d1", "operator.read");
        announce();
        limit = Optional.of(LIMIT.multipliedBy(2));
        sweep(0);
        assertThat(expiresAt("d1")).isEmpty();

        limit = Optional.of(LIMIT);
        sweep(0);
        assertThat(expiresAt("d1")).isPresent();
        limit = Optional.empty();
        sweep(0);

        assertThat(expiresAt("d1")).isEmpty();
    }

    @Test
    void manyDevices_areRemovedInOneSweep() {
        int many = 2 * UnusedDevices.BATCH + 5;
        for (int i = 0; i < many; i++) {
            fixture.pair("d" + i, "operator.read");
        }
        announce();
        assertThat(lines.warnings).hasSize(many);
        connected.add("d7");
        fixture.clock.advance(NOTICE);

        sweep(many - 1);

        assertThat(registry.devices(OWNER)).extracting(Device::deviceId).containsExactly("d7");
    }

    @Test
    void deviceThatIsGone_isUnknown() {
        fixture.pair("d1", "operator.read");
        announce();
        fixture.clock.advance(NOTICE);
        sweep(1);

        assertThatExceptionOfType(UnknownDevice.class).isThrownBy(() -> registry.device(OWNER, "d1"));
    }

    /** What a connection does: it is registered, and then looks at its grant once more. */
    private boolean connect(String device) {
        connected.add(device);
        if (registry.grant(device, Role.OPERATOR).isEmpty()) {
            connected.remove(device);
        }
        return true;
    }

    private void heard(DeviceEvent event) {
        fixture.events.add(event);
        if (event instanceof DeviceEvent.DeviceRemoved) {
            connected.remove(event.deviceId());
        }
    }

    /** Lets so much time pass that the ends of unused devices are announced. */
    private void announce() {
        fixture.clock.advance(QUIET);
        sweep(0);
    }

    private void sweep(int removed) {
        assertThat(registry.removeUnused()).isEqualTo(removed);
    }

    private Optional<Instant> expiresAt(String device) {
        return registry.device(OWNER, device).expiresAt();
    }

    private DeviceSettings settings() {
        return new DeviceSettings(
                Duration.ofHours(1), 1000, 1000, Duration.ofSeconds(5), Duration.ZERO, Optional.empty(), false, limit);
    }

    /** The warnings that were written. */
    private static final class Lines extends Handler {

        private final SimpleFormatter formatter = new SimpleFormatter();
        private final List<String> warnings = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().equals(Level.WARNING)) {
                warnings.add(formatter.formatMessage(line));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
