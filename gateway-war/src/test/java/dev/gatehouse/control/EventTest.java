package dev.gatehouse.control;

import java.util.List;
import java.util.Optional;

import dev.gatehouse.protocol.Hello;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Who hears which event (wire reference 7.10). */
class EventTest {

    private static final Event PRESENCE = Event.presence(new Hello.Presence(List.of(), 2));

    @Test
    void pairingEvents_areForOperatorsWhoMayPair() {
        for (Event event : List.of(Event.devicesChanged(), Event.pairingResolved("r", "d", "approved", 5))) {
            assertThat(event.isFor(operator("operator.pairing"))).isTrue();
            assertThat(event.isFor(operator("operator.admin"))).isTrue();
            assertThat(event.isFor(operator("operator.write"))).isFalse();
            assertThat(event.isFor(node("operator.pairing"))).isFalse();
            assertThat(event.isDroppable()).isTrue();
        }
    }

    @Test
    void presence_isForReaders() {
        assertThat(PRESENCE.isFor(operator("operator.read"))).isTrue();
        assertThat(PRESENCE.isFor(operator("operator.pairing"))).isFalse();
        assertThat(PRESENCE.isFor(node("operator.read"))).isFalse();
        assertThat(PRESENCE.frame()).isEqualTo("""
                {"type":"event","event":"presence","payload":{"presence":[]},\
                "stateVersion":{"presence":2,"health":0}}""");
    }

    @Test
    void ticksAndTheShutdown_areForEverybody_andNeverDropped() {
        for (Event event : List.of(Event.tick(5), Event.shutdown())) {
            assertThat(event.isFor(operator())).isTrue();
            assertThat(event.isFor(node())).isTrue();
            assertThat(event.isDroppable()).isFalse();
        }
        assertThat(Event.shutdown().frame())
                .isEqualTo("{\"type\":\"event\",\"event\":\"shutdown\",\"payload\":{\"reason\":\"gateway stopping\"}}");
    }

    @Test
    void resolution_hasTheShapeOfTheWire() {
        assertThat(Event.pairingResolved("r", "d", "approved", 5).frame()).isEqualTo("""
                {"type":"event","event":"device.pair.resolved",\
                "payload":{"requestId":"r","deviceId":"d","decision":"approved","ts":5}}""");
    }

    private static Caller operator(String... scopes) {
        return new Caller("conn", Role.OPERATOR, Scopes.of(scopes), Identity.TOKEN, Optional.empty());
    }

    private static Caller node(String... scopes) {
        return new Caller("conn", Role.NODE, Scopes.of(scopes), Identity.TOKEN, Optional.empty());
    }
}
