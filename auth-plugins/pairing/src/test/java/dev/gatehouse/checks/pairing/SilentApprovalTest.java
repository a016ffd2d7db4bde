package dev.gatehouse.checks.pairing;

import java.util.Map;
import java.util.Optional;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.DeviceDirectory.Grant;
import dev.gatehouse.spi.DeviceDirectory.PairedDevice;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.PairingDesk.Claim;
import dev.gatehouse.spi.PairingDesk.Need;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.testkit.FakeCheckSetup;
import dev.gatehouse.testkit.Verdicts;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SilentApprovalTest {

    private static final Identity OWNER = new Identity(Identity.TOKEN, "gateway");
    private static final Identity PERSON = new Identity("person", "ada");
    private static final String REMOTE = "203.0.113.9";
    private static final ConnectFixture OWNED =
            ConnectFixture.cli().withDevice().identifiedAs(OWNER);

    private final FakeCheckSetup setup = FakeCheckSetup.with(Map.of("insecure-auto-approve-local", "true"));
    private final AdmissionCheck check = new PairingFactory().create(setup);

    @Test
    void create_switchedOn_warns() {
        assertThat(setup.logger().lines())
                .singleElement()
                .asString()
                .startsWith("WARNING insecure-auto-approve-local is on");
    }

    @Test
    void create_nothingGiven_isOffAndSilent() {
        FakeCheckSetup defaults = FakeCheckSetup.withDefaults();

        assertThat(defaults.settings(PairingSettings.class)).isEqualTo(new PairingSettings(false));
        assertThat(new PairingFactory().create(defaults)).isInstanceOf(PairingCheck.class);
        assertThat(defaults.logger().lines()).isEmpty();
        assertThat(new PairingFactory().name()).isEqualTo("pairing");
    }

    @Test
    void localDevice_isApprovedAndAnsweredFromWhatWasRecorded() {
        assertThat(verdict(OWNED)).isEqualTo(Verdict.limit(Scopes.of("operator.read")));
        assertThat(setup.pairingDesk().approvedSilently())
                .singleElement()
                .extracting(Claim::need)
                .isEqualTo(Need.NOT_PAIRED);
        assertThat(setup.pairingDesk().opened()).isEmpty();
    }

    @Test
    void localUserInterfaceWithOrigin_isApproved() {
        assertApproved(ConnectFixture.controlUi().withDevice().identifiedAs(OWNER));
    }

    @Test
    void localNode_isApprovedOnlyWhenItsDeviceIsNew() {
        ConnectFixture node = ConnectFixture.node().withDevice().identifiedAs(OWNER);

        assertApproved(node);

        setup.devices().pairOperator("operator.read");
        assertRefused(node);
    }

    @Test
    void remoteDeviceOrForeignPage_isRefused() {
        assertRefused(OWNED.from(REMOTE));
        assertRefused(OWNED.withOrigin("http://localhost:18789"));
    }

    @Test
    void moreScopes_areApprovedOnASharedSecretOnly() {
        setup.devices().pairOperator("operator.read");
        ConnectFixture wider = OWNED.withScopes("operator.approvals");

        assertRefused(wider.identifiedAs(PERSON));
        assertApproved(wider);
    }

    @Test
    void changedMetadata_isApprovedForNativeAppsOnly() {
        setup.devices()
                .pair(new PairedDevice(
                        ConnectFixture.DEVICE.deviceId(),
                        ConnectFixture.DEVICE.publicKey(),
                        Optional.of("windows"),
                        Optional.empty(),
                        Map.of(Role.OPERATOR, new Grant(Scopes.of("operator.read"), Scopes.none()))));
        ConnectFixture app =
                ConnectFixture.client("openclaw-macos", "ui").withDevice().identifiedAs(OWNER);

        assertRefused(OWNED);
        assertRefused(ConnectFixture.controlUi().withDevice().identifiedAs(OWNER));
        assertRefused(app.withOrigin("http://localhost:18789"));
        assertApproved(app);
    }

    @Test
    void deviceThatOnlyShowedItsToken_isNeverApproved() {
        setup.devices()
                .pair(new PairedDevice(
                        ConnectFixture.DEVICE.deviceId(),
                        ConnectFixture.DEVICE.publicKey(),
                        Optional.of("windows"),
                        Optional.empty(),
                        Map.of(Role.OPERATOR, new Grant(Scopes.of("operator.read"), Scopes.none()))));
        setup.devices().issueToken(ConnectFixture.DEVICE.deviceId(), Role.OPERATOR, "t");

        assertRefused(ConnectFixture.client("openclaw-macos", "ui").withDevice().withDeviceToken("t"));
    }

    private void assertApproved(ConnectFixture fixture) {
        assertThat(verdict(fixture)).isInstanceOf(Verdict.Pass.class);
        assertThat(setup.pairingDesk().approvedSilently()).isNotEmpty();
    }

    private void assertRefused(ConnectFixture fixture) {
        int approvedBefore = setup.pairingDesk().approvedSilently().size();

        assertThat(Verdicts.veto(verdict(fixture)).code()).isEqualTo("PAIRING_REQUIRED");
        assertThat(setup.pairingDesk().approvedSilently()).hasSize(approvedBefore);
    }

    private Verdict verdict(ConnectFixture fixture) {
        return check.atConnect(fixture.connect());
    }
}
