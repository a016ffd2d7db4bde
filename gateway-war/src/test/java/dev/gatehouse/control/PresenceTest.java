package dev.gatehouse.control;

import java.time.Duration;
import java.util.Optional;

import dev.gatehouse.session.ManualTimers;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.testkit.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PresenceTest {

    private static final Duration TOGETHER = Duration.ofMillis(100);

    private final RecordingAudience audience = new RecordingAudience();
    private final ManualTimers timers = new ManualTimers();
    private final MutableClock clock = new MutableClock();
    private final Presence presence = new Presence(audience, timers, clock);

    @Test
    void operator_isListed_withWhereItComesFrom() {
        join("c1", Optional.empty(), ConnectFixture.controlUi().from("203.0.113.9"));

        assertThat(presence.now().entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry)
                        .containsEntry("mode", "webchat")
                        .containsEntry("ts", clock.millis())
                        .containsEntry("ip", "203.0.113.9")
                        .containsKeys("host", "version", "platform", "roles", "scopes", "onlineSince")
                        .doesNotContainKey("deviceId"));
    }

    @Test
    void localClient_isListed_withoutItsAddress() {
        join("c1", Optional.of("d1"), ConnectFixture.controlUi());

        assertThat(presence.now().entries())
                .singleElement()
                .satisfies(entry ->
                        assertThat(entry).containsEntry("deviceId", "d1").doesNotContainKey("ip"));
    }

    @Test
    void clientsThatComeAndGo_areNotListed() {
        join("c1", Optional.empty(), ConnectFixture.cli());
        join("c2", Optional.empty(), ConnectFixture.backend());
        join("c3", Optional.empty(), ConnectFixture.client("cli", "probe"));
        presence.arrived("c1");
        presence.leave("c1");

        assertThat(presence.now().entries()).isEmpty();
        assertThat(presence.now().version()).isZero();
        assertThat(timers.waiting()).isZero();
    }

    @Test
    void node_isListedOnce_untilItsLastConnectionEnds() {
        join("c1", Optional.of("node"), ConnectFixture.node());
        join("c2", Optional.of("node"), ConnectFixture.node());
        assertThat(presence.now().entries()).hasSize(1);

        presence.leave("c2");
        assertThat(presence.now().entries()).hasSize(1);

        presence.leave("c1");
        assertThat(presence.now().entries()).isEmpty();
    }

    @Test
    void operator_isListedForEachConnection() {
        join("c1", Optional.of("d"), ConnectFixture.controlUi());
        join("c2", Optional.of("d"), ConnectFixture.controlUi());

        assertThat(presence.now().entries()).hasSize(2);
    }

    @Test
    void list_isBounded_toThoseWhoCameLast() {
        for (int i = 0; i < Presence.LISTED_MAX + 5; i++) {
            join("c" + i, Optional.of("device " + i), ConnectFixture.controlUi());
        }

        assertThat(presence.now().entries()).hasSize(Presence.LISTED_MAX);
        assertThat(presence.now().entries().get(0)).containsEntry("deviceId", "device 104");
    }

    @Test
    void changes_thatComeTogether_areToldOnce() {
        join("c1", Optional.empty(), ConnectFixture.controlUi());
        presence.arrived("c1");
        join("c2", Optional.empty(), ConnectFixture.controlUi());
        presence.arrived("c2");
        assertThat(audience.told).isEmpty();

        timers.advance(TOGETHER);
        assertThat(audience.frames())
                .singleElement()
                .asString()
                .contains("\"event\":\"presence\"", "\"stateVersion\":{\"presence\":2,");

        presence.leave("c1");
        timers.advance(TOGETHER);
        assertThat(audience.frames()).hasSize(2).last().asString().contains("\"stateVersion\":{\"presence\":3,");
    }

    @Test
    void snapshot_isForReadersOnly() {
        join("c1", Optional.empty(), ConnectFixture.controlUi());

        assertThat(presence.seenBy(caller("c2", "operator.read")).entries()).hasSize(1);
        assertThat(presence.seenBy(caller("c2", "operator.pairing")).entries()).isEmpty();
        assertThat(presence.seenBy(caller("c2", "operator.pairing")).version()).isEqualTo(1);
    }

    private void join(String connectionId, Optional<String> deviceId, ConnectFixture facts) {
        ConnectContext context = facts.connect();
        presence.join(
                new Caller(connectionId, context.role(), Scopes.of("operator.read"), Identity.TOKEN, deviceId),
                context);
    }

    private static Caller caller(String connectionId, String scope) {
        return new Caller(connectionId, Role.OPERATOR, Scopes.of(scope), Identity.TOKEN, Optional.empty());
    }
}
