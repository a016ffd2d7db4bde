package dev.gatehouse.device;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static dev.gatehouse.device.InvitationFixture.offer;
import static dev.gatehouse.device.InvitationFixture.token;
import static org.assertj.core.api.Assertions.assertThat;

/** Devices that redeem one invitation at the same moment. {@code gatehouse.race.rounds} says how often to try. */
class InvitationRaceTest {

    private static final int ROUNDS = Integer.getInteger("gatehouse.race.rounds", 60);
    private static final Authority OWNER = Authority.owner();

    private final InvitationFixture fixture = new InvitationFixture();
    private final Invitations invitations = fixture.invitations(10_000);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void redeem_twoDevicesAtOnce_letsOneIn() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Secret token = token(invitations.invite(OWNER, offer(InvitationProfile.LIMITED)));
            String prefix = "r" + round + "-";
            AtomicInteger next = new AtomicInteger();

            List<Object> outcomes = Race.of(2, () -> fixture.redeem(prefix + next.incrementAndGet(), Role.NODE, token));

            assertThat(outcomes)
                    .containsExactlyInAnyOrder(Optional.empty(), Optional.of(InvitationProfile.LIMITED.roles()));
            assertThat(fixture.registry.registry.devices(OWNER).stream()
                            .filter(device -> device.deviceId().startsWith(prefix)))
                    .hasSize(1);
        }
    }

    @Test
    void redeem_oneDeviceTwiceAtOnce_grantsOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Secret token = token(invitations.invite(OWNER, offer(InvitationProfile.LIMITED)));
            String device = "d" + round;

            List<Object> outcomes = Race.of(2, () -> fixture.redeem(device, Role.NODE, token));

            assertThat(outcomes).allMatch(Optional.of(InvitationProfile.LIMITED.roles())::equals);
            assertThat(fixture.registry.events)
                    .filteredOn(event -> event instanceof DeviceEvent.InvitationRedeemed
                            && event.deviceId().equals(device))
                    .hasSize(1);
        }
    }

    @Test
    void redeem_whileItIsRevoked_endsAsOneOfTheTwo() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            NewInvitation made = invitations.invite(OWNER, offer(InvitationProfile.NODE));
            String id = made.invitation().invitationId();
            String device = "d" + round;
            AtomicInteger next = new AtomicInteger();

            List<Object> outcomes = Race.of(
                    2,
                    () -> next.getAndIncrement() == 0
                            ? fixture.redeem(device, Role.NODE, token(made))
                            : invitations.revoke(OWNER, id));

            assertThat(outcomes).noneMatch(Throwable.class::isInstance);
            boolean isIn = fixture.granted(device, Role.NODE).isPresent();
            assertThat(invitations.invitation(OWNER, id).state())
                    .isEqualTo(isIn ? Invitation.State.REDEEMED : Invitation.State.REVOKED);
        }
    }

    @Test
    void join_twoClientsAtOnce_givesOneTheCode() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Secret joinCode =
                    invitations.invite(OWNER, offer(InvitationProfile.NODE)).joinCode();

            List<Object> outcomes = Race.of(2, () -> invitations.join(joinCode));

            assertThat(outcomes)
                    .filteredOn(outcome -> Objects.equals(outcome, Optional.empty()))
                    .hasSize(1);
            assertThat(outcomes).noneMatch(Throwable.class::isInstance);
        }
    }
}
