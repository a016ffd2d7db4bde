package dev.gatehouse.checks.pairing;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.testkit.FakeCheckSetup;
import dev.gatehouse.testkit.GeneratedConnections;
import dev.gatehouse.testkit.StockRefusal;
import dev.gatehouse.testkit.Verdicts;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeviceIdentityCheckTest {

    private final AdmissionCheck check = new DeviceIdentityFactory().create(FakeCheckSetup.withDefaults());

    @Test
    void faultyProof_isVetoedWithItsReason() {
        VetoReason fault = VetoReason.of("DEVICE_AUTH_NONCE_MISMATCH", Effect.IDENTIFY, "device nonce mismatch");

        assertThat(verdict(ConnectFixture.cli().withToken("right").withFaultyDevice(fault)))
                .isEqualTo(Verdict.veto(fault));
    }

    @Test
    void verifiedDevice_passes() {
        assertThat(verdict(ConnectFixture.controlUi().withDevice())).isEqualTo(Verdict.pass());
    }

    @Test
    void operatorUiWithoutDevice_isVetoedAsStock() {
        for (ConnectFixture client : new ConnectFixture[] {ConnectFixture.controlUi(), ConnectFixture.tui()}) {
            assertThat(StockRefusal.of("R20", "").differencesFrom(Verdicts.veto(verdict(client.withToken("right")))))
                    .isEmpty();
        }
    }

    @Test
    void otherClientWithoutDevice_needsASharedSecret() {
        assertThat(StockRefusal.of("R21", "")
                        .differencesFrom(
                                Verdicts.veto(verdict(ConnectFixture.node().withDeviceToken("t")))))
                .isEmpty();
        assertThat(verdict(ConnectFixture.cli().withToken("any"))).isEqualTo(Verdict.pass());
        assertThat(verdict(ConnectFixture.backend().withPassword("any"))).isEqualTo(Verdict.pass());
    }

    @Test
    void verdict_anyConnection_doesNotDependOnIdentity() {
        Identity identity = new Identity(Identity.TOKEN, "gateway");

        assertThat(new GeneratedConnections(4).take(2000))
                .allSatisfy(fixture ->
                        assertThat(verdict(fixture.identifiedAs(identity))).isEqualTo(verdict(fixture)));
    }

    private Verdict verdict(ConnectFixture fixture) {
        return check.atConnect(fixture.connect());
    }
}
