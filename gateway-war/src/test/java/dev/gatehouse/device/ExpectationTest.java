package dev.gatehouse.device;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static dev.gatehouse.device.RegistryFixture.claim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Changes by those who say what they saw, alone and against each other. */
class ExpectationTest {

    private final RegistryFixture fixture = new RegistryFixture(Race.settings(Duration.ofMinutes(10)));
    private final DeviceRegistry registry = fixture.registry;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void change_ofWhatWasSeen_isMade() {
        fixture.pair("d1", "operator.read");

        registry.relabel(expecting(device("d1")), "d1", "laptop");

        assertThat(device("d1").label()).contains("laptop");
    }

    @Test
    void change_ofWhatHasChangedSince_isNotMade() {
        fixture.pair("d1", "operator.read");
        String request = fixture.open(claim("d2", Role.OPERATOR, "operator.read"));
        Authority beforeDevice = expecting(device("d1"));
        Authority beforeRequest = expecting(registry.pairingRequest(Authority.owner(), request));
        Authority beforeGrant = expecting(device("d1").grants().get(0));
        registry.rotate(Authority.owner(), "d1", Role.OPERATOR, Optional.empty());
        fixture.open(claim("d2", Role.OPERATOR, "operator.admin"));

        for (Runnable change : List.<Runnable>of(
                () -> registry.relabel(beforeDevice, "d1", "laptop"),
                () -> registry.remove(beforeDevice, "d1"),
                () -> registry.rotate(beforeGrant, "d1", Role.OPERATOR, Optional.empty()),
                () -> registry.revoke(beforeGrant, "d1", Role.OPERATOR),
                () -> registry.reject(beforeRequest, request),
                () -> registry.approve(
                        beforeRequest, request, new Approval(Optional.empty(), Optional.empty(), ApprovedVia.OWNER)))) {
            assertThatThrownBy(change::run).isInstanceOf(ChangedMeanwhile.class);
        }
        assertThat(device("d1").label()).isEmpty();
        assertThat(registry.grant("d1", Role.OPERATOR)).isPresent();
        assertThat(registry.pairingRequest(Authority.owner(), request).state()).isEqualTo(PairingRequest.State.PENDING);
    }

    @Test
    void relabel_byTwoWhoSawTheSame_isMadeByOne() throws Exception {
        for (int round = 0; round < Race.ROUNDS; round++) {
            String id = "d" + round;
            fixture.pair(id, "operator.read");
            Authority both = expecting(device(id));

            List<Object> outcomes = Race.outcomes(List.of(
                    () -> registry.relabel(both, id, "one").label().orElseThrow(),
                    () -> registry.relabel(both, id, "other").label().orElseThrow()));

            assertThat(outcomes).hasAtLeastOneElementOfType(ChangedMeanwhile.class);
            assertThat(outcomes).contains(device(id).label().orElseThrow());
        }
    }

    /** The grant is part of what is seen of a device, though it is a row of its own. */
    @Test
    void remove_whileTheGrantChanges_happensBeforeItOrNotAtAll() throws Exception {
        for (int round = 0; round < Race.ROUNDS; round++) {
            String id = "d" + round;
            fixture.pair(id, "operator.read");
            Authority remover = expecting(device(id));

            List<Object> outcomes = Race.outcomes(List.of(
                    () -> {
                        registry.remove(remover, id);
                        return "removed";
                    },
                    () -> registry.rotate(Authority.owner(), id, Role.OPERATOR, Optional.empty())));

            boolean isRotated = outcomes.get(1) instanceof RotatedToken;
            assertThat(outcomes.get(0))
                    .as("%s", outcomes)
                    .isInstanceOf(isRotated ? ChangedMeanwhile.class : String.class);
            assertThat(registry.find(id).isPresent()).isEqualTo(isRotated);
        }
    }

    private Device device(String id) {
        return registry.device(Authority.owner(), id);
    }

    private static Authority expecting(Record seen) {
        return new Authority.Owner(Actor.OWNER, Optional.of(seen::equals));
    }
}
