package dev.gatehouse.device;

import java.util.List;
import java.util.Optional;
import java.util.Random;

import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static dev.gatehouse.device.RegistryFixture.claim;
import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a session approves or rotates, what comes out never holds a scope that the session lacks. */
class ScopePropertyTest {

    private static final int ROUNDS = 300;
    private static final List<String> POOL = List.of(
            "operator.read",
            "operator.write",
            "operator.admin",
            "operator.approvals",
            "operator.pairing",
            "operator.talk",
            "operator.sessions.read");

    private final RegistryFixture fixture = new RegistryFixture();
    private final DeviceRegistry registry = fixture.registry;
    private final Random random = new Random(20261122);
    private int changed;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void approveAndRotate_bySessions_neverYieldAScopeThatTheCallerLacks() {
        for (int round = 0; round < ROUNDS; round++) {
            String device = "d" + random.nextInt(20);
            Scopes held = some().plus(Scopes.of("operator.pairing"));
            Authority caller = Authority.ofSession(held, Optional.of(device), random.nextBoolean());
            if (random.nextInt(4) == 0) {
                widen(device);
            }
            approve(caller, held, device);
            rotate(caller, held, device);
        }

        assertThat(changed).isGreaterThan(ROUNDS / 10);
    }

    /** The owner grants something more, unless the device has it already. */
    private void widen(String device) {
        String request = open(device);
        if (registry.pairingRequest(Authority.owner(), request).state() == PairingRequest.State.PENDING) {
            fixture.approve(request);
        }
    }

    private String open(String device) {
        return fixture.open(claim(device, Role.OPERATOR, some().asList().toArray(String[]::new)));
    }

    private void approve(Authority caller, Scopes held, String device) {
        String request = open(device);
        try {
            registry.approve(caller, request, new Approval(said(), Optional.empty(), ApprovedVia.OWNER));
        } catch (Denied | InvalidApproval refused) {
            registry.reject(Authority.owner(), request);
            return;
        } catch (PairingRequestResolved granted) {
            return; // the device has it already, so that nobody is asked
        }
        changed++;
        assertCovered(held, registry.grant(device, Role.OPERATOR).orElseThrow().scopes());
    }

    private void rotate(Authority caller, Scopes held, String device) {
        try {
            assertCovered(
                    held, registry.rotate(caller, device, Role.OPERATOR, said()).scopes());
            changed++;
        } catch (Denied refused) {
            assertThat(refused).hasMessage("device token rotation denied");
        }
    }

    private static void assertCovered(Scopes held, Scopes yielded) {
        assertThat(held.covers(yielded)).as("%s holds %s", yielded, held).isTrue();
    }

    private Optional<Scopes> said() {
        return random.nextBoolean() ? Optional.of(some()) : Optional.empty();
    }

    private Scopes some() {
        return Scopes.of(POOL.stream().filter(scope -> random.nextInt(3) == 0).toList());
    }
}
