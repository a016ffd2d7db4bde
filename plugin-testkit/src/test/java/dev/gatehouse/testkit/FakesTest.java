package dev.gatehouse.testkit;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.DeviceDirectory.Grant;
import dev.gatehouse.spi.DeviceDirectory.TokenStanding;
import dev.gatehouse.spi.PairingDesk.Claim;
import dev.gatehouse.spi.PairingDesk.Need;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.TemporarilyUnavailable;
import dev.gatehouse.spi.VetoReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

class FakesTest {

    private final FakeDeviceDirectory devices = new FakeDeviceDirectory();
    private final FakePairingDesk desk = new FakePairingDesk(devices);

    @Test
    void examine_tokens_followTheGrant() {
        devices.pairOperator("operator.read");
        devices.issueToken(ConnectFixture.DEVICE.deviceId(), Role.OPERATOR, "t");

        assertThat(examine("t", "operator.read")).isEqualTo(new TokenStanding.Valid(Scopes.of("operator.read")));
        assertThat(reasonOf(examine("other", "operator.read")))
                .satisfies(reason -> assertThat(StockRefusal.of("R43", "").differencesFrom(reason))
                        .isEmpty());
        assertThat(reasonOf(examine("t", "operator.admin")))
                .satisfies(reason -> assertThat(StockRefusal.of("R44", "").differencesFrom(reason))
                        .isEmpty());
    }

    @Test
    void examineInvitation_roleAndToken_mustBothBeThoseOfTheInvitation() {
        devices.invite(Role.NODE, "i");

        assertThat(invitation(Role.NODE, "i")).isEqualTo(new TokenStanding.Valid(Scopes.none()));
        assertThat(invitation(Role.NODE, "i")).isEqualTo(new TokenStanding.Valid(Scopes.none()));
        assertThat(reasonOf(invitation(Role.NODE, "other")))
                .satisfies(reason -> assertThat(StockRefusal.of("R42", "").differencesFrom(reason))
                        .isEmpty());
        assertThat(invitation(Role.OPERATOR, "i")).isInstanceOf(TokenStanding.Invalid.class);
    }

    @Test
    void find_directoryDown_isTemporarilyUnavailable() {
        devices.goDown();

        assertThatExceptionOfType(TemporarilyUnavailable.class).isThrownBy(() -> devices.find("x"));
    }

    @Test
    void approveSilently_twice_addsToTheGrant() {
        desk.approveSilently(claim("operator.read"));
        desk.approveSilently(claim("operator.approvals"));

        assertThat(devices.find(ConnectFixture.DEVICE.deviceId()).orElseThrow().grants())
                .containsOnly(entry(
                        Role.OPERATOR, new Grant(Scopes.of("operator.approvals", "operator.read"), Scopes.none())));
        assertThat(desk.approvedSilently()).hasSize(2);
    }

    @Test
    void open_deskFilledUp_isEmpty() {
        assertThat(desk.open(claim("operator.read")))
                .hasValueSatisfying(ticket -> assertThat(ticket.requestId()).isEqualTo(FakePairingDesk.REQUEST_ID));

        desk.fillUp();

        assertThat(desk.open(claim("operator.read"))).isEmpty();
        assertThat(desk.opened()).hasSize(1);
    }

    @Test
    void clock_advanced_movesEveryView() {
        MutableClock clock = new MutableClock();
        long before = clock.millis();

        clock.advance(Duration.ofSeconds(2));

        assertThat(clock.withZone(ZoneId.of("UTC+1")).millis()).isEqualTo(before + 2000);
    }

    @Test
    void directory_downAndBack_answersAgainAndForgetsWhatIsRemoved() {
        devices.pairOperator("operator.read");
        devices.goDown();

        assertThatExceptionOfType(TemporarilyUnavailable.class).isThrownBy(() -> desk.open(claim("operator.read")));

        devices.comeBack();
        assertThat(devices.find(ConnectFixture.DEVICE.deviceId())).isPresent();
        devices.remove(ConnectFixture.DEVICE.deviceId());
        assertThat(devices.find(ConnectFixture.DEVICE.deviceId())).isEmpty();
    }

    @Test
    void approve_openedClaim_pairsTheDevice() {
        assertThat(desk.open(claim("operator.read"))).isPresent();

        desk.approve(desk.opened().get(0));

        assertThat(devices.find(ConnectFixture.DEVICE.deviceId())).isPresent();
        assertThat(desk.approvedSilently()).isEmpty();
    }

    @Test
    void logger_entries_keepTheException() {
        RecordingLogger logger = new RecordingLogger("check");
        IllegalStateException thrown = new IllegalStateException("x");

        logger.log(Level.WARNING, "odd", thrown);
        logger.log(Level.INFO, "{0} seen", "one");

        assertThat(logger.entries())
                .containsExactly(
                        new RecordingLogger.Entry(Level.WARNING, "odd", Optional.of(thrown)),
                        new RecordingLogger.Entry(Level.INFO, "one seen", Optional.empty()));
        assertThat(logger.lines()).containsExactly("WARNING odd", "INFO one seen");
    }

    @Test
    void fixture_eachStep_leavesTheOneBeforeAlone() {
        ConnectFixture local = ConnectFixture.cli();
        ConnectFixture remote = local.from("203.0.113.9").withToken("t").withDevice();

        assertThat(local.connect().upgrade().isLocal()).isTrue();
        assertThat(local.connect().credentials().token()).isEmpty();
        assertThat(remote.connect().upgrade().isLocal()).isFalse();
        assertThat(remote.connect().device()).contains(ConnectFixture.DEVICE);
        assertThatIllegalArgumentException().isThrownBy(() -> local.from("host.example"));
    }

    @Test
    void generated_sameSeed_givesTheSameConnections() {
        assertThat(connections(7)).isEqualTo(connections(7)).isNotEqualTo(connections(8));
    }

    private static List<Object> connections(long seed) {
        return new GeneratedConnections(seed)
                .take(50)
                .<Object>map(ConnectFixture::connect)
                .toList();
    }

    private TokenStanding invitation(Role role, String token) {
        return devices.examineInvitation(ConnectFixture.DEVICE, role, Scopes.none(), Secret.of(token));
    }

    private TokenStanding examine(String token, String scope) {
        return devices.examine(ConnectFixture.DEVICE, Role.OPERATOR, Scopes.of(scope), Secret.of(token));
    }

    private static VetoReason reasonOf(TokenStanding standing) {
        return Optional.of(standing)
                .filter(TokenStanding.Invalid.class::isInstance)
                .map(TokenStanding.Invalid.class::cast)
                .orElseThrow()
                .reason();
    }

    private static Claim claim(String scope) {
        var context = ConnectFixture.cli().withScopes(scope).connect();
        return new Claim(
                ConnectFixture.DEVICE,
                context.client(),
                Role.OPERATOR,
                context.requestedScopes(),
                Need.NOT_PAIRED,
                context.upgrade().peer(),
                true);
    }
}
