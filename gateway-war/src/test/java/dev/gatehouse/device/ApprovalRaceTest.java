package dev.gatehouse.device;

import java.time.Duration;
import java.util.List;

import dev.gatehouse.spi.PairingDesk;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static dev.gatehouse.device.RegistryFixture.claim;
import static org.assertj.core.api.Assertions.assertThat;

/** Pairing requests that are decided about by several operators, or while their devices come back. */
class ApprovalRaceTest {

    private static final Authority OWNER = Authority.owner();
    private static final Scopes READ = Scopes.of("operator.read");
    private static final String IN = "in";

    private final RegistryFixture fixture = new RegistryFixture(Race.settings(Duration.ofMinutes(10)));

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void approve_byTwoOperatorsAtOnce_succeedsForExactlyOne() throws Exception {
        for (int round = 0; round < Race.ROUNDS; round++) {
            String device = "d" + round;
            String request = fixture.open(claim(device, Role.OPERATOR, "operator.read"));
            fixture.events.clear();

            List<Object> outcomes = Race.of(2, () -> fixture.approve(request));

            assertThat(outcomes).hasAtLeastOneElementOfType(PairingRequest.class);
            assertThat(outcomes).hasAtLeastOneElementOfType(PairingRequestResolved.class);
            assertThat(fixture.events).containsExactly(new DeviceEvent.PairingApproved(request, device, Role.OPERATOR));
            assertThat(grantedScopes(device)).isEqualTo(READ);
        }
    }

    @Test
    void approve_whileAnotherOperatorRejects_isDecidedOnce() throws Exception {
        for (int round = 0; round < Race.ROUNDS; round++) {
            String device = "d" + round;
            String request = fixture.open(claim(device, Role.OPERATOR, "operator.read"));
            fixture.events.clear();

            List<Object> outcomes = Race.outcomes(
                    List.of(() -> fixture.approve(request), () -> fixture.registry.reject(OWNER, request)));

            assertThat(outcomes).hasAtLeastOneElementOfType(PairingRequest.class);
            assertThat(outcomes).hasAtLeastOneElementOfType(PairingRequestResolved.class);
            boolean isApproved = outcomes.get(0) instanceof PairingRequest;
            assertThat(fixture.registry.grant(device, Role.OPERATOR).isPresent())
                    .isEqualTo(isApproved);
            assertThat(fixture.registry.pairingRequest(OWNER, request).state())
                    .isEqualTo(isApproved ? PairingRequest.State.APPROVED : PairingRequest.State.REJECTED);
            assertThat(fixture.events).hasSize(1);
        }
    }

    @Test
    void approve_whileTheDeviceComesBack_letsItInAndLeavesNoOtherRequest() throws Exception {
        for (int round = 0; round < Race.ROUNDS; round++) {
            String device = "d" + round;
            PairingDesk.Claim claim = claim(device, Role.OPERATOR, "operator.read");
            String request = fixture.open(claim);

            List<Object> outcomes = Race.between(() -> fixture.approve(request), () -> connect(claim));

            assertThat(outcomes.get(1)).isIn(IN, request);
            assertThat(connect(claim)).isEqualTo(IN);
            assertThat(grantedScopes(device)).isEqualTo(READ);
            assertThat(fixture.registry.pairingRequests(OWNER, PairingRequest.State.PENDING))
                    .isEmpty();
        }
    }

    /** What the pairing check does: it looks for the grant, and asks for one when there is none. */
    private String connect(PairingDesk.Claim claim) {
        boolean isGranted = fixture.registry
                .find(claim.device().deviceId())
                .filter(device -> device.grants().containsKey(claim.role()))
                .isPresent();
        return isGranted ? IN : fixture.open(claim);
    }

    private Scopes grantedScopes(String device) {
        return fixture.registry.grant(device, Role.OPERATOR).orElseThrow().scopes();
    }
}
