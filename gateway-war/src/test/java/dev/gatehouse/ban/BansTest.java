package dev.gatehouse.ban;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.address.AddressRange;
import dev.gatehouse.device.Actor;
import dev.gatehouse.device.DeviceEvent;
import dev.gatehouse.device.RegistryEvent;
import dev.gatehouse.device.RegistryFixture;
import dev.gatehouse.device.RegistryListener;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.testkit.MutableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BansTest {

    private static final String DEVICE = "0123456789abcdef".repeat(4);
    private static final Duration DAY = Duration.ofDays(1);

    private final RegistryFixture registry = new RegistryFixture();
    private final MutableClock clock = new MutableClock();
    private final List<RegistryEvent> noted = new ArrayList<>();
    private final Bans bans = node();

    @AfterEach
    void close() {
        registry.close();
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7, true",
        "203.0.113.7, 203.0.113.8, false",
        "203.0.113.0/24, 203.0.113.8, true",
        "2001:db8::/64, 2001:db8::9, true",
        "2001:db8::/64, 2001:db8:0:1::9, false",
        "::ffff:203.0.113.7, 203.0.113.7, true"
    })
    void address_inABannedNetwork_isShutOut(String network, String address, boolean isOut) throws Exception {
        bans.ban(Actor.OWNER, network(network), "guessing", Optional.empty());

        assertThat(bans.against(InetAddress.getByName(address), Optional.empty()))
                .matches(found -> found.isPresent() == isOut);
    }

    @Test
    void device_thatIsBanned_isShutOutWhereverItComesFrom() throws Exception {
        bans.ban(Actor.OWNER, new Target.Device(DEVICE), "stolen", Optional.empty());

        VetoReason told = bans.against(InetAddress.getByName("192.0.2.9"), Optional.of(DEVICE))
                .orElseThrow();

        assertThat(told.code()).isEqualTo("BANNED");
        assertThat(told.message()).isEqualTo("banned: this device: stolen");
        assertThat(bans.against(InetAddress.getByName("192.0.2.9"), Optional.of("f".repeat(64))))
                .isEmpty();
        assertThat(bans.against(InetAddress.getByName("192.0.2.9"), Optional.empty()))
                .isEmpty();
    }

    @Test
    void ban_thatEnds_saysWhen_andIsGoneThen() throws Exception {
        InetAddress peer = InetAddress.getByName("203.0.113.7");
        Ban ban = bans.ban(Actor.OWNER, network("203.0.113.7"), "guessing", Optional.of(DAY));
        assertThat(bans.against(peer, Optional.empty()).orElseThrow().message())
                .startsWith("banned: this address until ")
                .endsWith("Z: guessing");

        clock.advance(DAY);

        assertThat(bans.against(peer, Optional.empty())).isEmpty();
        assertThat(bans.list()).isEmpty();
        assertThat(bans.lift(Actor.OWNER, ban.id())).isEmpty();
        bans.ban(Actor.OWNER, network("203.0.113.7"), "again", Optional.of(DAY));
        assertThat(bans.list()).hasSize(1);
    }

    @Test
    void ban_thatIsLifted_isGone() throws Exception {
        Ban ban = bans.ban(Actor.OWNER, network("203.0.113.7"), "guessing", Optional.empty());

        assertThat(bans.lift(Actor.OWNER, ban.id())).contains(ban);

        assertThat(bans.against(InetAddress.getByName("203.0.113.7"), Optional.empty()))
                .isEmpty();
        assertThat(bans.lift(Actor.OWNER, ban.id())).isEmpty();
        assertThat(noted)
                .containsExactly(
                        new RegistryEvent.BanCreated(
                                ban.id(), "address 203.0.113.7", "guessing", Optional.empty(), Optional.empty()),
                        new RegistryEvent.BanRemoved(ban.id(), "address 203.0.113.7", Optional.empty()));
    }

    @Test
    void banOfAnotherNode_isKnownAfterLooking_andHeard() throws Exception {
        Bans other = node();
        List<Target> heard = new ArrayList<>();
        other.whenBanned(heard::add);
        InetAddress peer = InetAddress.getByName("203.0.113.7");
        Ban ban = bans.ban(Actor.OWNER, network("203.0.113.7"), "guessing", Optional.empty());
        assertThat(other.against(peer, Optional.empty())).isEmpty();

        other.look();
        other.look();

        assertThat(other.against(peer, Optional.empty())).isPresent();
        assertThat(heard).containsExactly(ban.target());
        bans.lift(Actor.OWNER, ban.id());
        other.look();
        assertThat(other.against(peer, Optional.empty())).isEmpty();
    }

    @Test
    void target_thatIsBanned_isNotBannedTwice() {
        Ban ban = bans.ban(Actor.OWNER, network("203.0.113.7/24"), "guessing", Optional.empty());

        assertThatExceptionOfType(BanRefused.class)
                .isThrownBy(() -> bans.ban(Actor.OWNER, network("203.0.113.0/24"), "again", Optional.empty()))
                .withMessageContaining("'" + ban.id() + "'")
                .matches(refused -> refused.why() == BanRefused.Why.ALREADY_BANNED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "10.0.0.0/24", "10.0.0.0/8"})
    void network_withAProxyInIt_isNotBanned(String network) {
        assertThatExceptionOfType(BanRefused.class)
                .isThrownBy(() -> bans.ban(Actor.OWNER, network(network), "guessing", Optional.empty()))
                .matches(refused -> refused.why() == BanRefused.Why.COVERS_A_PROXY);
        assertThat(bans.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "203.0.0.0/7", "::/0", "2001::/15"})
    void network_ofNearlyEverybody_isNoTarget(String network) {
        assertThatIllegalArgumentException().isThrownBy(() -> network(network)).withMessageContaining("at most");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF"})
    void deviceId_ofAnotherForm_isNoTarget(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Target.Device(id));
    }

    @Test
    void bans_areBounded() {
        for (int i = 0; i < Bans.MAX; i++) {
            bans.ban(Actor.OWNER, network("203.0." + i / 256 + "." + i % 256), "guessing", Optional.of(DAY));
        }

        assertThatExceptionOfType(BanRefused.class)
                .isThrownBy(() -> bans.ban(Actor.OWNER, network("198.51.100.1"), "guessing", Optional.empty()))
                .matches(refused -> refused.why() == BanRefused.Why.TOO_MANY);
        clock.advance(DAY);
        bans.ban(Actor.OWNER, network("198.51.100.1"), "guessing", Optional.empty());
        assertThat(bans.list()).hasSize(1);
    }

    private Bans node() {
        RegistryListener listener = new RegistryListener() {
            @Override
            public void changing(Connection connection, Actor actor, RegistryEvent event) {
                noted.add(event);
            }

            @Override
            public void changed(DeviceEvent event) {}
        };
        return new Bans(
                registry.database, () -> List.of(AddressRange.parse("10.0.0.1")), clock, new SecureRandom(), listener);
    }

    private static Target network(String text) {
        return new Target.Network(AddressRange.parse(text));
    }
}
