package dev.gatehouse.checks.token;

import java.util.Map;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.TemporarilyUnavailable;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.testkit.FakeCheckSetup;
import dev.gatehouse.testkit.GeneratedConnections;
import dev.gatehouse.testkit.StockRefusal;
import dev.gatehouse.testkit.Verdicts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TokenCheckTest {

    private static final String REMOTE = "203.0.113.9";
    private static final Identity OWNER = new Identity(Identity.TOKEN, "gateway");

    private final FakeCheckSetup setup = FakeCheckSetup.with(Map.of("token", "right"));
    private final AdmissionCheck check = new TokenFactory().create(setup);

    @BeforeEach
    void pairTheDevice() {
        setup.devices().pairOperator("operator.read");
        setup.devices().issueToken(ConnectFixture.DEVICE.deviceId(), Role.OPERATOR, "device token");
    }

    @Test
    void rightToken_withDevice_proposesWhatIsAskedFor() {
        ConnectFixture device = ConnectFixture.cli().from(REMOTE).withDevice().withToken("right");

        assertThat(verdict(device.withScopes("operator.read", "odd")))
                .isEqualTo(Verdict.identified(OWNER, Scopes.of(Scopes.ADMIN, "operator.read", "odd")));
        assertThat(verdict(device.withRole(Role.NODE).withScopes()))
                .isEqualTo(Verdict.identified(OWNER, Scopes.none()));
    }

    @Test
    void rightToken_sentAsPassword_identifies() {
        assertThat(verdict(ConnectFixture.cli().withPassword("right"))).isInstanceOf(Verdict.Identified.class);
    }

    @Test
    void rightToken_localProgramWithoutDevice_getsItsScopes() {
        Verdict asAsked = Verdict.identified(OWNER, Scopes.of("operator.read"));

        assertThat(verdict(ConnectFixture.cli().withToken("right"))).isEqualTo(asAsked);
        assertThat(verdict(ConnectFixture.backend().withToken("right"))).isEqualTo(asAsked);
    }

    @Test
    void rightToken_otherClientWithoutDevice_getsNoScopes() {
        Verdict nothing = Verdict.identified(OWNER, Scopes.none());

        assertThat(verdict(ConnectFixture.cli().from(REMOTE).withToken("right")))
                .isEqualTo(nothing);
        assertThat(verdict(ConnectFixture.cli().withOrigin("http://localhost:1").withToken("right")))
                .isEqualTo(nothing);
        assertThat(verdict(ConnectFixture.backend().withRole(Role.NODE).withToken("right")))
                .isEqualTo(nothing);
        assertThat(verdict(ConnectFixture.client("cli", "probe").withToken("right")))
                .isEqualTo(nothing);
        assertThat(verdict(ConnectFixture.controlUi().withToken("right"))).isEqualTo(nothing);
    }

    @Test
    void nothingPresented_withDeviceToken_isLeftToPairing() {
        assertThat(verdict(ConnectFixture.cli().withDevice().withDeviceToken("anything")))
                .isEqualTo(Verdict.pass());
    }

    @Test
    void nothingPresented_deviceTokenWithoutDevice_isAbsent() {
        assertThat(Verdicts.absent(verdict(ConnectFixture.cli().withDeviceToken("device token")))
                        .message())
                .isEqualTo("unauthorized: device token rejected (pair/repair this device, or provide gateway token)");
    }

    @Test
    void bootstrapToken_alone_isLeftToPairingWithTheStockRefusal() {
        assertThat(StockRefusal.of("R42", "")
                        .differencesFrom(Verdicts.absent(
                                verdict(ConnectFixture.node().withDevice().withBootstrapToken("b")))))
                .isEmpty();
        assertThat(verdict(ConnectFixture.cli().withToken("right").withBootstrapToken("b")))
                .isInstanceOf(Verdict.Identified.class);
    }

    @Test
    void bootstrapToken_withWrongSecret_isLeftToPairing() {
        ConnectFixture invited = ConnectFixture.node().withToken("wrong").withBootstrapToken("b");

        assertThat(Verdicts.absent(verdict(invited.withDevice())).code()).isEqualTo("AUTH_TOKEN_MISMATCH");
        assertThat(Verdicts.veto(verdict(invited)).code()).isEqualTo("AUTH_TOKEN_MISMATCH");
    }

    @Test
    void wrongToken_thatIsADeviceToken_isLeftToPairing() {
        ConnectFixture device = ConnectFixture.cli().from(REMOTE).withDevice();

        assertThat(verdict(device.withToken("device token"))).isEqualTo(Verdict.pass());
        assertThat(verdict(device.withToken("wrong").withDeviceToken("device token")))
                .isEqualTo(Verdict.pass());
        assertThat(Verdicts.veto(verdict(ConnectFixture.cli().withToken("device token")))
                        .code())
                .isEqualTo("AUTH_TOKEN_MISMATCH");
    }

    @Test
    void wrongToken_withWrongDeviceToken_isVetoedWithTheDirectorysReason() {
        ConnectFixture device = ConnectFixture.cli().withDevice().withToken("wrong");

        assertThat(StockRefusal.of("R43", "").differencesFrom(Verdicts.veto(verdict(device.withDeviceToken("other")))))
                .isEmpty();
        assertThat(StockRefusal.of("R44", "")
                        .differencesFrom(Verdicts.veto(
                                verdict(device.withDeviceToken("device token").withScopes("operator.admin")))))
                .isEmpty();
    }

    @Test
    void wrongToken_withDevice_advisesTheDeviceTokenOnlyWhenItStandsAlone() {
        ConnectFixture device = ConnectFixture.cli().from(REMOTE).withDevice().withToken("wrong");

        assertThat(StockRefusal.of("R36", "").differencesFrom(Verdicts.veto(verdict(device))))
                .isEmpty();
        assertThat(StockRefusal.of("R35", "token mismatch, cli remote")
                        .differencesFrom(Verdicts.veto(verdict(device.withPassword("wrong")))))
                .isEmpty();
    }

    @Test
    void wrongToken_directoryDown_isAFailureAndNotARefusal() {
        setup.devices().goDown();

        assertThatExceptionOfType(TemporarilyUnavailable.class)
                .isThrownBy(() -> verdict(ConnectFixture.cli().withDevice().withToken("wrong")));
    }

    @Test
    void verdict_anyConnection_doesNotDependOnIdentity() {
        Identity other = new Identity("person", "ada");

        assertThat(new GeneratedConnections(3).take(2000)).allSatisfy(fixture -> {
            assertThat(check.atUpgrade(fixture.upgrade())).isEqualTo(Verdict.pass());
            assertThat(verdict(fixture.identifiedAs(other))).isEqualTo(verdict(fixture));
        });
    }

    private Verdict verdict(ConnectFixture fixture) {
        return check.atConnect(fixture.connect());
    }
}
