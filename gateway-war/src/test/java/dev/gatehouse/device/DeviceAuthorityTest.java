package dev.gatehouse.device;

import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static dev.gatehouse.device.RegistryFixture.claim;
import static dev.gatehouse.device.RegistryFixture.fromAnotherPlatform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** That the registry asks the rules, about the rows as they are, before anything is changed. */
class DeviceAuthorityTest {

    private static final Authority OWNER = Authority.owner();
    private static final Authority BOUND =
            Authority.ofSession(Scopes.of("operator.pairing", "operator.read"), Optional.of("d1"), true);
    private static final Authority SHARED =
            Authority.ofSession(Scopes.of("operator.pairing", "operator.read"), Optional.of("d1"), false);
    private static final Authority READER = Authority.ofSession(Scopes.of("operator.read"), Optional.of("d1"), false);

    private final RegistryFixture fixture = new RegistryFixture();
    private final DeviceRegistry registry = fixture.registry;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void lists_boundCaller_showItsOwnDeviceOnly() {
        fixture.pair("d1", "operator.read");
        fixture.pair("d2", "operator.read");
        String own = fixture.open(claim("d1", Role.OPERATOR, "operator.admin"));
        String foreign = fixture.open(claim("d2", Role.OPERATOR, "operator.admin"));

        assertThat(registry.devices(BOUND)).extracting(Device::deviceId).containsExactly("d1");
        assertThat(registry.devices(SHARED)).extracting(Device::deviceId).containsExactlyInAnyOrder("d1", "d2");
        assertThat(registry.pairingRequests(BOUND, PairingRequest.State.PENDING))
                .extracting(PairingRequest::requestId)
                .containsExactly(own);
        assertThat(registry.pairingRequest(BOUND, own).deviceId()).isEqualTo("d1");
        assertThatThrownBy(() -> registry.pairingRequest(BOUND, foreign)).isInstanceOf(UnknownPairingRequest.class);
        assertThat(registry.device(BOUND, "d1").deviceId()).isEqualTo("d1");
        assertThatThrownBy(() -> registry.device(BOUND, "d2")).isInstanceOf(UnknownDevice.class);
    }

    @Test
    void reading_callerWithoutTheScope_isDenied() {
        fixture.pair("d1", "operator.read");

        for (Runnable asked : List.<Runnable>of(
                () -> registry.devices(READER),
                () -> registry.device(READER, "d1"),
                () -> registry.pairingRequests(READER, PairingRequest.State.PENDING),
                () -> registry.pairingRequest(READER, "any"))) {
            assertThatThrownBy(asked::run).isInstanceOf(Denied.class).hasMessage("missing scope: operator.pairing");
        }
    }

    @Test
    void approve_foreignDeviceByBoundCaller_isDeniedAndChangesNothing() {
        String request = fixture.open(claim("d2", Role.OPERATOR, "operator.read"));

        assertThatThrownBy(() -> registry.approve(BOUND, request, all()))
                .isInstanceOf(Denied.class)
                .hasMessage("device pairing approval denied");
        assertThatThrownBy(() -> registry.reject(BOUND, request))
                .isInstanceOf(Denied.class)
                .hasMessage("device pairing rejection denied");
        assertThat(registry.pairingRequest(OWNER, request).state()).isEqualTo(PairingRequest.State.PENDING);
        assertThat(registry.find("d2")).isEmpty();
    }

    @Test
    void approve_scopeThatTheCallerLacks_isDeniedAndChangesNothing() {
        String request = fixture.open(claim("d2", Role.OPERATOR, "operator.write"));

        assertThatThrownBy(() -> registry.approve(SHARED, request, all()))
                .isInstanceOf(Denied.class)
                .hasMessage("missing scope: operator.write");
        assertThat(registry.find("d2")).isEmpty();
        assertThat(registry.pairingRequest(OWNER, request).state()).isEqualTo(PairingRequest.State.PENDING);

        registry.approve(
                SHARED,
                request,
                new Approval(Optional.of(Scopes.of("operator.read")), Optional.empty(), ApprovedVia.OWNER));
        assertThat(registry.grant("d2", Role.OPERATOR).orElseThrow().scopes()).isEqualTo(Scopes.of("operator.read"));
    }

    @Test
    void approve_deviceThatHoldsMoreThanTheCaller_isDenied() {
        fixture.pair("d2", "operator.admin");
        String request = fixture.open(fromAnotherPlatform(claim("d2", Role.OPERATOR, "operator.pairing")));

        assertThatThrownBy(() -> registry.approve(SHARED, request, all()))
                .isInstanceOf(Denied.class)
                .hasMessage("missing scope: operator.admin");
    }

    @Test
    void approve_nodeByCallerWithoutAdmin_isDenied() {
        String request = fixture.open(claim("d1", Role.NODE));

        assertThatThrownBy(() -> registry.approve(SHARED, request, all())).isInstanceOf(Denied.class);
        assertThat(registry.reject(SHARED, request).state()).isEqualTo(PairingRequest.State.REJECTED);
    }

    @Test
    void removeAndRelabel_foreignDeviceByBoundCaller_areDenied() {
        fixture.pair("d2", "operator.read");

        assertThatThrownBy(() -> registry.remove(BOUND, "d2")).hasMessage("device pairing removal denied");
        assertThatThrownBy(() -> registry.relabel(BOUND, "d2", "mine")).hasMessage("device pairing rename denied");
        assertThat(registry.device(OWNER, "d2").label()).isEmpty();
    }

    @Test
    void approve_byDeviceId_decidesAboutItsOnlyRequest() {
        fixture.open(claim("d1", Role.OPERATOR, "operator.read"));

        assertThat(registry.approve(OWNER, "d1", all()).state()).isEqualTo(PairingRequest.State.APPROVED);
        assertThatThrownBy(() -> registry.approve(OWNER, "d1", all())).isInstanceOf(UnknownPairingRequest.class);
    }

    @Test
    void reject_byDeviceIdWithSeveralRequests_namesThemAndChangesNothing() {
        String operator = fixture.open(claim("d1", Role.OPERATOR, "operator.read"));
        String node = fixture.open(claim("d1", Role.NODE));

        assertThatThrownBy(() -> registry.reject(OWNER, "d1"))
                .isInstanceOf(AmbiguousDevice.class)
                .hasMessageContaining("'" + operator + "' (operator)")
                .hasMessageContaining("'" + node + "' (node)");
        assertThat(registry.pairingRequests(OWNER, PairingRequest.State.PENDING))
                .hasSize(2);
    }

    @Test
    void approve_foreignDeviceIdByBoundCaller_isDeniedWithoutNamingItsRequests() {
        fixture.open(claim("d2", Role.OPERATOR, "operator.read"));
        fixture.open(claim("d2", Role.NODE));

        assertThatThrownBy(() -> registry.approve(BOUND, "d2", all())).hasMessage("device pairing approval denied");
    }

    private static Approval all() {
        return new Approval(Optional.empty(), Optional.empty(), ApprovedVia.OWNER);
    }
}
