package dev.gatehouse.checks.pairing;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
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
import dev.gatehouse.spi.TemporarilyUnavailable;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;
import dev.gatehouse.spi.VetoReason.Retry;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.testkit.FakeCheckSetup;
import dev.gatehouse.testkit.FakePairingDesk;
import dev.gatehouse.testkit.GeneratedConnections;
import dev.gatehouse.testkit.StockRefusal;
import dev.gatehouse.testkit.Verdicts;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PairingCheckTest {

    private static final Identity OWNER = new Identity(Identity.TOKEN, "gateway");
    private static final String DEVICE_ID = ConnectFixture.DEVICE.deviceId();
    private static final ConnectFixture DEVICE =
            ConnectFixture.cli().from("203.0.113.9").withDevice();
    private static final ConnectFixture OWNED = DEVICE.identifiedAs(OWNER);

    private final FakeCheckSetup setup = FakeCheckSetup.withDefaults();
    private final AdmissionCheck check = new PairingFactory().create(setup);

    @Test
    void faultyProof_isVetoedWithItsReason() {
        VetoReason fault = VetoReason.of("DEVICE_AUTH_NONCE_MISMATCH", Effect.IDENTIFY, "device nonce mismatch");

        assertThat(verdict(OWNED.withFaultyDevice(fault))).isEqualTo(Verdict.veto(fault));
    }

    @Test
    void withoutDevice_onlyTheOwnersProgramsPass() {
        assertThat(verdict(ConnectFixture.cli().identifiedAs(OWNER))).isEqualTo(Verdict.pass());
        assertStock("R20", verdict(ConnectFixture.tui().identifiedAs(OWNER)));
        assertStock("R21", verdict(ConnectFixture.node().identifiedAs(OWNER)));
        assertStock("R21", verdict(ConnectFixture.cli().identifiedAs(new Identity("person", "ada"))));
        assertStock("R21", verdict(ConnectFixture.cli().withToken("not yet proven")));
    }

    @Test
    void approvedDevice_isCutToItsGrant() {
        setup.devices()
                .pair(device(Optional.empty(), new Grant(Scopes.of("operator.read"), Scopes.of("operator.admin"))));

        assertThat(verdict(OWNED.withScopes("operator.read", "operator.admin")))
                .isEqualTo(Verdict.limit(Scopes.of("operator.read")));
        assertThat(setup.pairingDesk().opened()).isEmpty();
    }

    @Test
    void invitedDevice_isIdentifiedByItsInvitation() {
        setup.devices().invite(Role.OPERATOR, "invitation", "operator.read");

        assertThat(verdict(DEVICE.withBootstrapToken("invitation")))
                .isEqualTo(Verdict.identified(
                        new Identity(Identity.BOOTSTRAP_TOKEN, DEVICE_ID), Scopes.of("operator.read")));
        assertThat(verdict(DEVICE.withToken("not proven").withBootstrapToken("invitation")))
                .isInstanceOf(Verdict.Identified.class);
        assertThat(setup.pairingDesk().opened()).isEmpty();
    }

    @Test
    void invitation_thatIsOfNoUse_isVetoedAsStock() {
        setup.devices().invite(Role.NODE, "invitation");

        assertStock("R42", verdict(DEVICE.withBootstrapToken("other")));
        assertStock("R42", verdict(DEVICE.withBootstrapToken("invitation")));
        assertStock("R21", verdict(ConnectFixture.cli().withBootstrapToken("invitation")));
    }

    @Test
    void invitation_thatIsOfNoUse_leavesTheDeviceToken() {
        setup.devices().pairOperator("operator.read");
        setup.devices().issueToken(DEVICE_ID, Role.OPERATOR, "device token");

        assertThat(verdict(DEVICE.withBootstrapToken("used").withDeviceToken("device token")))
                .isEqualTo(
                        Verdict.identified(new Identity(Identity.DEVICE_TOKEN, DEVICE_ID), Scopes.of("operator.read")));
    }

    @Test
    void unknownDevice_waitsForApproval() {
        VetoReason reason = Verdicts.veto(verdict(OWNED));

        assertThat(reason.details()).containsEntry("approvalCode", "2a0d0213-");
        assertThat(StockRefusal.of("R61", "").differencesFrom(withoutCode(reason)))
                .isEmpty();
        assertThat(reason.effect()).isEqualTo(Effect.AWAIT_APPROVAL);
        assertThat(reason.retry()).isEqualTo(Retry.afterApproval(FakePairingDesk.POLL_EVERY));
        assertThat(reason.fixes())
                .containsExactly("curl -X POST -H \"Authorization: Bearer $API_KEY\""
                        + " \"$GATEHOUSE/api/v1/pairing-requests/2a0d0213-1eee-4d03-838a-89263728960e/approve\"");
        assertThat(setup.pairingDesk().opened())
                .containsExactly(new Claim(
                        ConnectFixture.DEVICE,
                        OWNED.connect().client(),
                        Role.OPERATOR,
                        Scopes.of("operator.read"),
                        Need.NOT_PAIRED,
                        OWNED.connect().upgrade().peer(),
                        false));
    }

    @Test
    void unknownNode_waitsForApprovalWithoutScopes() {
        assertStock("R61n", verdict(ConnectFixture.node().withDevice().identifiedAs(OWNER)));
    }

    @Test
    void unknownDevice_oddScopes_areNotSentBack() {
        ConnectFixture odd = OWNED.withScopes("operator.read", "x".repeat(65), "half \uD800", "a\nb");

        assertThat(Verdicts.veto(verdict(odd)).details()).containsEntry("requestedScopes", List.of("operator.read"));
        assertThat(Verdicts.veto(verdict(OWNED.withScopes("x".repeat(65)))).details())
                .doesNotContainKey("requestedScopes");
    }

    @Test
    void deviceWithAnotherKey_isVetoed_andOperatorsAreTold() {
        setup.devices().pair(new PairedDevice(DEVICE_ID, "another key", Optional.empty(), Optional.empty(), Map.of()));

        assertThat(Verdicts.veto(verdict(OWNED)).code()).isEqualTo("DEVICE_KEY_CHANGED");
        assertThat(setup.pairingDesk().opened()).hasSize(1);
        assertThat(setup.pairingDesk().approvedSilently()).isEmpty();
    }

    @Test
    void changedMetadata_waitsForApprovalBeforeRoleAndScopes() {
        setup.devices().pair(device(Optional.of("windows"), new Grant(Scopes.of("operator.read"), Scopes.none())));

        assertStock("R62", verdict(OWNED));
        Verdicts.veto(verdict(OWNED.withRole(Role.NODE)));
        assertThat(setup.pairingDesk().opened()).extracting(Claim::need).containsOnly(Need.METADATA_UPGRADE);
    }

    @Test
    void revokedRole_isToldAsRevoked_andAsksAgain() {
        setup.devices().pairOperator("operator.read");
        setup.devices().revoke(DEVICE_ID, Role.OPERATOR);

        VetoReason reason = Verdicts.veto(verdict(OWNED));

        assertThat(reason.message()).contains("was revoked");
        assertThat(reason.details()).containsEntry("reason", "role-upgrade").containsKey(VetoReason.REQUEST_ID);
        assertThat(setup.pairingDesk().opened()).extracting(Claim::need).containsExactly(Need.ROLE_UPGRADE);
    }

    @Test
    void newRole_waitsForApproval() {
        setup.devices().pairOperator("operator.read");

        assertStock("R63", verdict(OWNED.withRole(Role.NODE).withScopes()));
    }

    @Test
    void moreScopes_waitForApproval() {
        setup.devices().pairOperator("operator.read");

        assertStock("R64", verdict(OWNED.withScopes("operator.admin")));
    }

    @Test
    void fullDesk_saysSo() {
        setup.pairingDesk().fillUp();

        VetoReason reason = Verdicts.veto(verdict(OWNED));

        assertThat(reason.code()).isEqualTo("PAIRING_REQUIRED");
        assertThat(reason.message()).isEqualTo("pairing required: too many pairing requests are waiting");
        assertThat(reason.details()).isEqualTo(Map.of("reason", "too-many-requests"));
        assertThat(reason.retry()).isEqualTo(Retry.afterApproval(Duration.ofSeconds(30)));
    }

    @Test
    void deviceToken_valid_identifiesTheDevice() {
        pairWithToken();
        Verdict identified =
                Verdict.identified(new Identity(Identity.DEVICE_TOKEN, DEVICE_ID), Scopes.of("operator.read"));

        assertThat(verdict(DEVICE.withDeviceToken("t"))).isEqualTo(identified);
        assertThat(verdict(DEVICE.withToken("t"))).isEqualTo(identified);
    }

    @Test
    void deviceToken_validFromChangedDevice_waitsForApproval() {
        setup.devices().pair(device(Optional.of("windows"), new Grant(Scopes.of("operator.read"), Scopes.none())));
        setup.devices().issueToken(DEVICE_ID, Role.OPERATOR, "t");

        assertStock("R62", verdict(DEVICE.withDeviceToken("t")));
    }

    @Test
    void deviceToken_wrong_isNeverAPairingRequest() {
        pairWithToken();

        assertStock("R43", verdict(DEVICE.withDeviceToken("other")));
        assertStock("R44", verdict(DEVICE.withDeviceToken("t").withScopes("operator.admin")));
        assertThat(Verdicts.veto(verdict(DEVICE.withToken("other"))).message())
                .startsWith("unauthorized: device token");
        assertThat(Verdicts.veto(verdict(DEVICE)).code()).isEqualTo("AUTH_TOKEN_MISSING");
        assertThat(setup.pairingDesk().opened()).isEmpty();
    }

    @Test
    void directoryDown_isAFailureAndNotARefusal() {
        setup.devices().goDown();

        assertThatExceptionOfType(TemporarilyUnavailable.class).isThrownBy(() -> verdict(OWNED));
    }

    @Test
    void anyConnection_isNeverIdentifiedByAnythingButADeviceToken() {
        pairWithToken();

        assertThat(new GeneratedConnections(5).take(2000)).allSatisfy(fixture -> {
            assertThat(verdict(fixture)).isInstanceOf(Verdict.Veto.class);
            assertThat(verdict(fixture.identifiedAs(OWNER))).isNotInstanceOf(Verdict.Identified.class);
        });
        assertThat(setup.pairingDesk().approvedSilently()).isEmpty();
    }

    private void pairWithToken() {
        setup.devices().pairOperator("operator.read");
        setup.devices().issueToken(DEVICE_ID, Role.OPERATOR, "t");
    }

    private static PairedDevice device(Optional<String> platform, Grant grant) {
        return new PairedDevice(
                DEVICE_ID, ConnectFixture.DEVICE.publicKey(), platform, Optional.empty(), Map.of(Role.OPERATOR, grant));
    }

    private Verdict verdict(ConnectFixture fixture) {
        return check.atConnect(fixture.connect());
    }

    private static void assertStock(String row, Verdict verdict) {
        assertThat(StockRefusal.of(row, "").differencesFrom(withoutCode(Verdicts.veto(verdict))))
                .isEmpty();
    }

    /** The stock gateway has no codes. */
    private static VetoReason withoutCode(VetoReason reason) {
        Map<String, Object> details = new LinkedHashMap<>(reason.details());
        details.remove("approvalCode");
        return new VetoReason(
                reason.code(), reason.message(), reason.effect(), details, reason.retry(), reason.fixes());
    }
}
