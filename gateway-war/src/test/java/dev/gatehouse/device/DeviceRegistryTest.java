package dev.gatehouse.device;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import dev.gatehouse.spi.DeviceDirectory;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.PairingDesk;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static dev.gatehouse.device.RegistryFixture.claim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeviceRegistryTest {

    private final RegistryFixture fixture = new RegistryFixture();
    private final DeviceRegistry registry = fixture.registry;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void warmUp_leavesNothingBehind() {
        fixture.registry.warmUp();

        assertThat(fixture.registry.pairingRequests(Authority.owner(), PairingRequest.State.PENDING))
                .isEmpty();
        assertThat(fixture.registry.devices(Authority.owner())).isEmpty();
        assertThat(fixture.events).isEmpty();
    }

    @Test
    void approve_pendingRequest_pairsTheDeviceWithWhatItAskedFor() {
        String request = fixture.open(claim("d1", Role.OPERATOR, "operator.admin"));

        PairingRequest approved = fixture.approve(request);

        assertThat(approved.state()).isEqualTo(PairingRequest.State.APPROVED);
        DeviceDirectory.PairedDevice device = registry.find("d1").orElseThrow();
        assertThat(device.publicKey()).isEqualTo("key-of-d1");
        assertThat(device.platform()).contains("linux");
        assertThat(device.deviceFamily()).contains("PC");
        assertThat(device.grants())
                .containsOnlyKeys(Role.OPERATOR)
                .containsValue(new DeviceDirectory.Grant(
                        Scopes.of("operator.admin", "operator.read", "operator.write"), Scopes.none()));
        assertThat(registry.grant("d1", Role.OPERATOR)).contains(device.grants().get(Role.OPERATOR));
        assertThat(fixture.events).endsWith(new DeviceEvent.PairingApproved(request, "d1", Role.OPERATOR));
    }

    @Test
    void approve_byTwoOperatorsAtOnce_succeedsForExactlyOne() throws Exception {
        String request = fixture.open(claim("d1", Role.OPERATOR, "operator.read"));

        List<Object> outcomes = Race.of(2, () -> fixture.approve(request));

        assertThat(outcomes).hasAtLeastOneElementOfType(PairingRequest.class);
        assertThat(outcomes).hasAtLeastOneElementOfType(PairingRequestResolved.class);
        assertThat(fixture.events)
                .filteredOn(DeviceEvent.PairingApproved.class::isInstance)
                .hasSize(1);
    }

    @Test
    void approve_twoRolesAtOnce_grantsBoth() throws Exception {
        List<String> requests = List.of(
                fixture.open(claim("d1", Role.OPERATOR, "operator.read")), fixture.open(claim("d1", Role.NODE)));
        AtomicInteger next = new AtomicInteger();

        List<Object> outcomes = Race.of(2, () -> fixture.approve(requests.get(next.getAndIncrement())));

        assertThat(outcomes).hasOnlyElementsOfType(PairingRequest.class);
        assertThat(registry.find("d1").orElseThrow().grants()).containsOnlyKeys(Role.OPERATOR, Role.NODE);
    }

    @Test
    void approve_fewerScopesThanAskedFor_withholdsTheRestAndSettlesTheRequest() {
        String request = fixture.open(claim("d1", Role.OPERATOR, "operator.admin"));

        fixture.approve(request, "operator.read");

        DeviceDirectory.Grant grant = registry.grant("d1", Role.OPERATOR).orElseThrow();
        assertThat(grant.scopes()).isEqualTo(Scopes.of("operator.read"));
        assertThat(grant.withheld()).isEqualTo(Scopes.of("operator.admin", "operator.write"));
        assertThat(grant.settles(Scopes.of("operator.admin"))).isTrue();
    }

    @Test
    void approve_whatWasWithheldBefore_grantsIt() {
        fixture.approve(
                fixture.open(claim("d1", Role.OPERATOR, "operator.admin", "operator.pairing")), "operator.read");
        fixture.approve(fixture.open(claim("d1", Role.OPERATOR, "operator.pairing")));

        DeviceDirectory.Grant grant = registry.grant("d1", Role.OPERATOR).orElseThrow();
        assertThat(grant.scopes()).isEqualTo(Scopes.of("operator.pairing", "operator.read"));
        assertThat(grant.withheld()).isEqualTo(Scopes.of("operator.admin", "operator.write"));
    }

    @Test
    void approve_moreThanAskedFor_isInvalidAndChangesNothing() {
        String request = fixture.open(claim("d1", Role.OPERATOR, "operator.write"));

        assertThatThrownBy(() -> fixture.approve(request, "operator.read", "operator.admin"))
                .isInstanceOf(InvalidApproval.class)
                .hasMessageContaining("'operator.admin'")
                .hasMessageNotContaining("scopes 'operator.read'");
        assertThat(registry.pairingRequest(Authority.owner(), request).state()).isEqualTo(PairingRequest.State.PENDING);
        assertThat(registry.find("d1")).isEmpty();
    }

    @Test
    void approve_nameThatWouldBeReadAsTwoScopes_isInvalid() {
        String request = fixture.open(claim("d1", Role.OPERATOR, "operator.admin"));

        assertThatThrownBy(() -> fixture.approve(request, "operator.x other")).isInstanceOf(InvalidApproval.class);
    }

    @Test
    void approve_badLabel_isInvalidAndChangesNothing() {
        String request = fixture.open(claim("d1", Role.OPERATOR, "operator.read"));
        Approval approval = new Approval(Optional.empty(), Optional.of("a\u0007b"), ApprovedVia.OWNER);

        assertThatThrownBy(() -> registry.approve(Authority.owner(), request, approval))
                .isInstanceOf(InvalidLabel.class);
        assertThat(registry.find("d1")).isEmpty();
    }

    @Test
    void anotherKeyOfAnApprovedDevice_opensNothing_andIsToldEachTime() {
        fixture.pair("d1", "operator.admin");

        assertThat(registry.open(rekeyed())).isEmpty();
        registry.approveSilently(rekeyed());

        assertThat(fixture.events)
                .endsWith(new DeviceEvent.DeviceKeyChanged("d1"), new DeviceEvent.DeviceKeyChanged("d1"));
        assertThat(registry.find("d1").orElseThrow().publicKey()).isEqualTo("key-of-d1");
        assertThat(registry.pairingRequests(Authority.owner(), PairingRequest.State.PENDING))
                .isEmpty();
    }

    @Test
    void approve_requestOfAnotherKeyThanWasApprovedMeanwhile_isRefusedAndChangesNothing() {
        String waiting = fixture.open(rekeyed());
        registry.approveSilently(claim("d1", Role.OPERATOR, "operator.read"));

        assertThatThrownBy(() -> fixture.approve(waiting))
                .isInstanceOf(KeyConflict.class)
                .hasMessageContaining("remove the device");

        assertThat(registry.find("d1").orElseThrow().publicKey()).isEqualTo("key-of-d1");
        assertThat(registry.grant("d1", Role.OPERATOR).orElseThrow().scopes()).isEqualTo(Scopes.of("operator.read"));
    }

    @Test
    void removedDevice_mayPairWithAnotherKey() {
        fixture.pair("d1", "operator.admin");
        registry.remove(Authority.owner(), "d1");

        fixture.approve(fixture.open(rekeyed()));

        assertThat(registry.find("d1").orElseThrow().publicKey()).isEqualTo("new-key");
    }

    private static PairingDesk.Claim rekeyed() {
        PairingDesk.Claim original = claim("d1", Role.OPERATOR, "operator.read");
        return new PairingDesk.Claim(
                new DeviceProof.Verified("d1", "new-key"),
                original.client(),
                original.role(),
                original.scopes(),
                original.need(),
                original.peer(),
                false);
    }

    @Test
    void open_anotherKeyThanTheWaitingOne_getsAnIdOfItsOwn() {
        PairingDesk.Claim original = claim("d1", Role.OPERATOR, "operator.read");
        String first = fixture.open(original);
        String second = fixture.open(new PairingDesk.Claim(
                new DeviceProof.Verified("d1", "new-key"),
                original.client(),
                original.role(),
                original.scopes(),
                original.need(),
                original.peer(),
                false));

        assertThat(second).isNotEqualTo(first);
        assertThat(registry.pairingRequest(Authority.owner(), first).state()).isEqualTo(PairingRequest.State.EXPIRED);
    }

    @Test
    void approveSilently_unknownDevice_pairsItAndSaysHow() {
        registry.approveSilently(claim("d1", Role.OPERATOR, "operator.read"));

        assertThat(registry.device(Authority.owner(), "d1").approvedVia()).isEqualTo(ApprovedVia.SILENT);
        assertThat(registry.pairingRequests(Authority.owner(), PairingRequest.State.APPROVED))
                .hasSize(1);
        assertThat(fixture.events).hasExactlyElementsOfTypes(DeviceEvent.PairingApproved.class);
    }

    @Test
    void approveSilently_lessThanWhatWaits_grantsTheClaimOnly() {
        String waiting = fixture.open(claim("d1", Role.OPERATOR, "operator.admin"));

        registry.approveSilently(claim("d1", Role.OPERATOR, "operator.read"));

        DeviceDirectory.Grant grant = registry.grant("d1", Role.OPERATOR).orElseThrow();
        assertThat(grant).isEqualTo(new DeviceDirectory.Grant(Scopes.of("operator.read"), Scopes.none()));
        assertThat(registry.pairingRequest(Authority.owner(), waiting).state()).isEqualTo(PairingRequest.State.PENDING);
    }

    @Test
    void approveSilently_allThatWaits_resolvesTheWaitingRequest() {
        String waiting = fixture.open(claim("d1", Role.OPERATOR, "operator.read"));

        registry.approveSilently(claim("d1", Role.OPERATOR, "operator.write"));

        assertThat(registry.pairingRequest(Authority.owner(), waiting).state())
                .isEqualTo(PairingRequest.State.APPROVED);
        assertThat(registry.pairingRequests(Authority.owner(), PairingRequest.State.PENDING))
                .isEmpty();
    }

    @Test
    void approveSilently_deviceOfAnOperator_staysApprovedByTheOperator() {
        fixture.pair("d1", "operator.read");

        registry.approveSilently(claim("d1", Role.NODE));

        assertThat(registry.device(Authority.owner(), "d1").approvedVia()).isEqualTo(ApprovedVia.OWNER);
    }

    @Test
    void relabel_device_changesTheLabelOnly() {
        fixture.pair("d1", "operator.read");

        Device device = registry.relabel(Authority.owner(), "d1", " Ada's laptop ");

        assertThat(device.label()).contains("Ada's laptop");
        assertThat(registry.device(Authority.owner(), "d1")).isEqualTo(device);
        assertThat(fixture.events).endsWith(new DeviceEvent.DeviceRelabelled("d1"));
        assertThatThrownBy(() -> registry.relabel(Authority.owner(), "d1", "x".repeat(65)))
                .isInstanceOf(InvalidLabel.class);
        assertThatThrownBy(() -> registry.relabel(Authority.owner(), "nobody", "x"))
                .isInstanceOf(UnknownDevice.class);
    }

    @Test
    void remove_device_forgetsGrantsAndWhatItAsksFor() {
        fixture.pair("d1", "operator.read");
        String upgrade = fixture.open(claim("d1", Role.OPERATOR, "operator.admin"));

        registry.remove(Authority.owner(), "d1");

        assertThat(registry.find("d1")).isEmpty();
        assertThat(registry.grant("d1", Role.OPERATOR)).isEmpty();
        assertThat(registry.devices(Authority.owner())).isEmpty();
        assertThatThrownBy(() -> registry.pairingRequest(Authority.owner(), upgrade))
                .isInstanceOf(UnknownPairingRequest.class);
        assertThatThrownBy(() -> registry.remove(Authority.owner(), "d1")).isInstanceOf(UnknownDevice.class);
        assertThat(fixture.events).endsWith(new DeviceEvent.DeviceRemoved("d1"));
    }

    @Test
    void seen_device_isWrittenDownWhenTheRegistryCloses() {
        fixture.pair("d1", "operator.read");
        fixture.clock.advance(Duration.ofSeconds(10));

        assertThat(registry.device(Authority.owner(), "d1").address()).contains("192.0.2.7");
        registry.seen("d1", new Sighting(Optional.of("198.51.100.4"), "2026.10.1", "device-token-auth"));
        registry.close();

        Device device = registry.device(Authority.owner(), "d1");
        assertThat(device.lastSeenAt()).contains(fixture.clock.instant());
        assertThat(device.address()).contains("198.51.100.4");
        assertThat(device.clientVersion()).contains("2026.10.1");
        assertThat(device.lastSeenReason()).contains("device-token-auth");
    }

    @Test
    void seen_again_isWrittenAfterFiveMinutes_andBeforeIfSomethingIsOther() {
        fixture.pair("d1", "operator.read");
        Instant first = fixture.clock.instant();
        Sighting how = new Sighting(Optional.of("198.51.100.4"), "2026.10.1", "connect");
        see(how);
        fixture.clock.advance(Duration.ofMinutes(4));

        see(how);
        assertThat(lastSeen()).contains(first);
        see(new Sighting(Optional.of("198.51.100.5"), "2026.10.1", "connect"));
        assertThat(lastSeen()).contains(fixture.clock.instant());

        fixture.clock.advance(Duration.ofMinutes(6));
        see(new Sighting(Optional.of("198.51.100.5"), "2026.10.1", "connect"));
        assertThat(lastSeen()).contains(fixture.clock.instant());
    }

    private void see(Sighting how) {
        registry.seen("d1", how);
        registry.close(); // writes it down
    }

    private Optional<Instant> lastSeen() {
        return registry.device(Authority.owner(), "d1").lastSeenAt();
    }

    @Test
    void seen_onThisMachine_hasNoAddress() {
        fixture.pair("d1", "operator.read");

        registry.seen("d1", new Sighting(Optional.empty(), "v".repeat(300), "connect"));
        registry.close();

        Device device = registry.device(Authority.owner(), "d1");
        assertThat(device.address()).isEmpty();
        assertThat(device.clientVersion().orElseThrow()).hasSize(256);
    }

    @Test
    void approve_again_keepsWhenTheDeviceWasFirstApproved() {
        fixture.pair("d1", "operator.read");
        Instant first = fixture.clock.instant();
        fixture.clock.advance(Duration.ofDays(1));
        fixture.pair("d1", "operator.write");

        Device device = registry.device(Authority.owner(), "d1");
        assertThat(device.createdAt()).isEqualTo(first);
        assertThat(device.approvedAt()).isEqualTo(fixture.clock.instant());
    }

    @Test
    void devices_pageByPage_areListedOnceEach_whateverHappensBetween() {
        for (String device : List.of("d1", "d2", "d3", "d4", "d5")) { // the first two at the same time
            fixture.pair(device, "operator.read");
            fixture.clock.advance(device.equals("d1") ? Duration.ZERO : Duration.ofSeconds(1));
        }

        List<Device> first = registry.devices(Authority.owner(), DeviceQuery.ALL, 2);
        fixture.pair("d6", "operator.read");
        fixture.pair("d2", "operator.write");
        registry.remove(Authority.owner(), "d4");
        List<Device> second = registry.devices(Authority.owner(), after(first.get(1)), 2);
        List<Device> third = registry.devices(Authority.owner(), after(second.get(1)), 2);

        assertThat(first).extracting(Device::deviceId).containsExactly("d5", "d4");
        assertThat(second).extracting(Device::deviceId).containsExactly("d3", "d1");
        assertThat(third).extracting(Device::deviceId).containsExactly("d2");
    }

    private static DeviceQuery after(Device device) {
        return DeviceQuery.ALL.after(DeviceQuery.ALL.cursorAfter(device)).orElseThrow();
    }

    @Test
    void devices_severalWithSeveralRoles_areListedWithTheirGrants() {
        fixture.pair("d1", "operator.read");
        fixture.approve(fixture.open(claim("d1", Role.NODE)));
        fixture.clock.advance(Duration.ofSeconds(1));
        fixture.pair("d2", "operator.write");

        assertThat(registry.devices(Authority.owner()))
                .extracting(Device::deviceId)
                .containsExactly("d2", "d1");
        assertThat(registry.device(Authority.owner(), "d1").grants())
                .extracting(DeviceGrant::role)
                .containsExactly(Role.OPERATOR, Role.NODE);
    }

    @Test
    void approve_listenerThatFails_isCommittedAllTheSame() {
        DeviceSettings settings =
                new DeviceSettings(Duration.ofMinutes(60), 1000, 32, Duration.ofSeconds(5), Duration.ofMinutes(10));
        try (DeviceRegistry failing =
                new DeviceRegistry(fixture.database, () -> settings, fixture.clock, new SecureRandom(), event -> {
                    throw new IllegalStateException("listener");
                })) {
            failing.approveSilently(claim("d1", Role.OPERATOR, "operator.read"));
        }

        assertThat(registry.find("d1")).isPresent();
    }
}
