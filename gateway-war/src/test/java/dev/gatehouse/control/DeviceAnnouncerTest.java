package dev.gatehouse.control;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;

import dev.gatehouse.device.Authority;
import dev.gatehouse.device.DeviceEvent;
import dev.gatehouse.device.RegistryFixture;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.TemporarilyUnavailable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeviceAnnouncerTest {

    private final RegistryFixture registry = new RegistryFixture();
    private final RecordingAudience audience = new RecordingAudience();
    private final Clock clock = Clock.fixed(Instant.ofEpochMilli(5), ZoneOffset.UTC);
    private final DeviceAnnouncer announcer = new DeviceAnnouncer(
            audience, id -> registry.registry.pairingRequest(Authority.owner(), id), Runnable::run, clock);

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void newRequest_isToldWithItsFacts() {
        String id = registry.open(RegistryFixture.claim("d", Role.OPERATOR, "operator.read"));

        announcer.accept(new DeviceEvent.PairingRequested(id, "d"));

        assertThat(audience.frames())
                .singleElement()
                .asString()
                .startsWith("{\"type\":\"event\",\"event\":\"device.pair.requested\",\"payload\":{\"requestId\":\"" + id
                        + "\",\"deviceId\":\"d\",")
                .contains("\"scopes\":[\"operator.read\"]", "\"remoteIp\":\"192.0.2.7\"");
    }

    @Test
    void widenedRequest_isToldAgain() {
        String id = registry.open(RegistryFixture.claim("d", Role.OPERATOR, "operator.read"));

        announcer.accept(new DeviceEvent.PairingWidened(id, "d"));

        assertThat(audience.frames()).singleElement().asString().contains("device.pair.requested");
    }

    @Test
    void request_thatEndedMeanwhile_isNotTold() {
        String id = registry.open(RegistryFixture.claim("d", Role.OPERATOR, "operator.read"));
        registry.approve(id);

        announcer.accept(new DeviceEvent.PairingRequested(id, "d"));
        announcer.accept(new DeviceEvent.PairingRequested("never there", "d"));

        assertThat(audience.told).isEmpty();
    }

    @Test
    void request_thatCannotBeLookedUp_isToldAsAChange() {
        DeviceAnnouncer blind = new DeviceAnnouncer(
                audience,
                id -> {
                    throw new TemporarilyUnavailable("database", new IllegalStateException());
                },
                Runnable::run,
                clock);

        blind.accept(new DeviceEvent.PairingRequested("r", "d"));

        assertThat(audience.told).containsExactly(Event.devicesChanged());
    }

    @Test
    void decisions_areToldInTheirOrder() {
        Deque<Runnable> threads = new ArrayDeque<>();
        DeviceAnnouncer later = new DeviceAnnouncer(
                audience,
                id -> {
                    throw new AssertionError(id);
                },
                threads::add,
                clock);

        later.accept(new DeviceEvent.PairingApproved("r1", "d", Role.OPERATOR));
        later.accept(new DeviceEvent.PairingRejected("r2", "d"));
        assertThat(audience.told).isEmpty();
        while (!threads.isEmpty()) {
            threads.remove().run();
        }

        assertThat(audience.told)
                .containsExactly(
                        Event.pairingResolved("r1", "d", "approved", 5),
                        Event.pairingResolved("r2", "d", "rejected", 5));
    }

    @Test
    void otherChanges_areToldAsAChange() {
        announcer.accept(new DeviceEvent.DeviceRelabelled("d"));
        announcer.accept(new DeviceEvent.DeviceRemoved("d"));
        announcer.accept(new DeviceEvent.PairingExpired("r", "d"));

        assertThat(audience.told).hasSize(3).allMatch(Event.devicesChanged()::equals);
    }
}
