package dev.gatehouse.device;

import java.util.List;
import java.util.Optional;
import java.util.Random;

import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static dev.gatehouse.device.InvitationFixture.offer;
import static dev.gatehouse.device.InvitationFixture.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Whoever invites, what comes of it never holds a scope that he lacks. */
class InvitationAuthorityTest {

    private static final int ROUNDS = 150;
    private static final List<InvitationProfile> PROFILES = List.of(InvitationProfile.values());
    private static final List<String> POOL = List.of(
            "operator.admin",
            "operator.approvals",
            "operator.pairing",
            "operator.questions",
            "operator.read",
            "operator.talk.secrets",
            "operator.write");

    private final InvitationFixture fixture = new InvitationFixture();
    private final Invitations invitations = fixture.invitations(10_000);
    private final Random random = new Random(20261122);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void invite_bySessions_neverYieldsAScopeThatTheCallerLacks() {
        int made = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Scopes held = Scopes.of(
                    POOL.stream().filter(scope -> random.nextInt(8) > 0).toList());
            InvitationProfile profile = PROFILES.get(random.nextInt(PROFILES.size()));
            Authority caller = Authority.ofSession(held, Optional.empty(), random.nextBoolean());
            NewInvitation invitation;
            try {
                invitation = invitations.invite(caller, offer(profile));
            } catch (Denied refused) {
                continue;
            }
            made++;
            redeemAndCheck("d" + round, invitation, held);
        }
        assertThat(made).isBetween(ROUNDS / 10, ROUNDS - ROUNDS / 10);
    }

    private void redeemAndCheck(String device, NewInvitation invitation, Scopes held) {
        InvitationProfile profile = invitation.invitation().profile();
        Role first = profile.roles().get(0);
        assertThat(fixture.redeem(device, first, token(invitation), POOL.toArray(String[]::new)))
                .isPresent();
        for (Role role : profile.roles()) {
            Scopes yielded = fixture.granted(device, role).orElseThrow();
            assertThat(held.covers(yielded)).as("%s holds %s", held, yielded).isTrue();
        }
        if (profile.roles().contains(Role.NODE)) {
            assertThat(held.covers(Scopes.ADMIN)).isTrue();
        }
    }

    @Test
    void invite_withoutAdmin_isForBrowsersWithinOnesScopesOnly() {
        Scopes user = InvitationProfile.CONTROL_UI.scopes(Role.OPERATOR).orElseThrow();
        Authority pairing = Authority.ofSession(user.plus(Scopes.of("operator.pairing")), Optional.empty(), false);
        Authority bound = Authority.ofSession(user.plus(Scopes.of("operator.pairing")), Optional.of("d1"), true);
        Authority other = Authority.ofSession(user, Optional.empty(), false);

        assertThat(invitations.invite(pairing, offer(InvitationProfile.CONTROL_UI)))
                .isNotNull();
        assertDenied(pairing, InvitationProfile.CONTROL_UI_OWNER, "device pairing invitation denied");
        assertDenied(pairing, InvitationProfile.NODE, "device pairing invitation denied");
        assertDenied(bound, InvitationProfile.CONTROL_UI, "device pairing invitation denied");
        assertDenied(other, InvitationProfile.CONTROL_UI, "missing scope: operator.pairing");
    }

    @Test
    void listAndRevoke_withoutAdmin_areDenied() {
        String id = fixture.invite(InvitationProfile.NODE).invitation().invitationId();
        Authority pairing = Authority.ofSession(Scopes.of("operator.pairing"), Optional.empty(), false);

        assertThatExceptionOfType(Denied.class).isThrownBy(() -> invitations.list(pairing));
        assertThatExceptionOfType(Denied.class).isThrownBy(() -> invitations.invitation(pairing, id));
        assertThatExceptionOfType(Denied.class).isThrownBy(() -> invitations.revoke(pairing, id));
    }

    private void assertDenied(Authority caller, InvitationProfile profile, String message) {
        assertThatExceptionOfType(Denied.class)
                .isThrownBy(() -> invitations.invite(caller, offer(profile)))
                .withMessage(message);
    }
}
