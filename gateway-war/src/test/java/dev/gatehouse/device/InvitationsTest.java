package dev.gatehouse.device;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.DeviceDirectory.TokenStanding;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.gatehouse.device.InvitationFixture.offer;
import static dev.gatehouse.device.InvitationFixture.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InvitationsTest {

    private static final Authority OWNER = Authority.owner();

    private final InvitationFixture fixture = new InvitationFixture();
    private final Invitations invitations = fixture.invitations;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void invite_anyProfile_givesSecretsOfTheFormThatClientsKnow() {
        NewInvitation made = fixture.invite(InvitationProfile.NODE);

        assertThat(token(made).expose()).matches("[A-Za-z0-9_-]{43}");
        assertThat(made.joinUrl().orElseThrow()).matches("https://gateway\\.example/j/[A-Za-z0-9_-]{22}");
        assertThat(made.handover().setupCode().json())
                .isEqualTo("{\"url\":\"wss://gateway.example\",\"bootstrapToken\":\""
                        + token(made).expose() + "\",\"expiresAtMs\":"
                        + fixture.registry
                                .clock
                                .instant()
                                .plus(Duration.ofMinutes(10))
                                .toEpochMilli() + "}");
        assertThat(made.toString()).doesNotContain(token(made).expose()).contains("***");
    }

    @ParameterizedTest
    @EnumSource(InvitationProfile.class)
    void redeem_everyProfile_approvesItsRolesAndNoMore(InvitationProfile profile) {
        Role role = profile.roles().get(0);
        String[] asked = profile.scopes(role).orElseThrow().asList().toArray(String[]::new);

        Optional<List<Role>> approved = fixture.redeem("d1", role, token(fixture.invite(profile)), asked);

        assertThat(approved).contains(profile.roles());
        for (Role each : Role.values()) {
            assertThat(fixture.granted("d1", each))
                    .isEqualTo(profile.scopes(each).map(Scopes::normalised));
        }
        assertThat(fixture.registry.registry.device(OWNER, "d1").approvedVia()).isEqualTo(ApprovedVia.BOOTSTRAP);
    }

    @Test
    void redeem_fewerScopesThanTheProfile_grantsThose() {
        fixture.redeem("d1", Role.OPERATOR, token(fixture.invite(InvitationProfile.CONTROL_UI)), "operator.read");

        assertThat(fixture.granted("d1", Role.OPERATOR)).contains(Scopes.of("operator.read"));
    }

    @Test
    void redeem_moreScopesThanTheProfile_withholdsTheRest() {
        Secret token = token(fixture.invite(InvitationProfile.CONTROL_UI));

        fixture.redeem("d1", Role.OPERATOR, token, "operator.read", "operator.admin");

        assertThat(fixture.registry
                        .registry
                        .grant("d1", Role.OPERATOR)
                        .orElseThrow()
                        .withheld())
                .isEqualTo(Scopes.of("operator.admin", "operator.write"));
        assertThat(fixture.granted("d1", Role.OPERATOR)).contains(Scopes.of("operator.read"));
    }

    @Test
    void redeem_roleThatTheProfileDoesNotGive_changesNothing() {
        Secret token = token(fixture.invite(InvitationProfile.NODE));

        assertThat(fixture.redeem("d1", Role.OPERATOR, token, "operator.read")).isEmpty();
        assertThat(fixture.registry.registry.devices(OWNER)).isEmpty();
        assertThat(fixture.redeem("d1", Role.NODE, token)).isPresent();
    }

    @Test
    void redeem_secondDevice_isTooLate() {
        Secret token = token(fixture.invite(InvitationProfile.NODE));
        fixture.redeem("d1", Role.NODE, token);

        assertThat(fixture.redeem("d2", Role.NODE, token)).isEmpty();
        assertThat(fixture.examine("d2", Role.NODE, token)).isInstanceOf(TokenStanding.Invalid.class);
        assertThat(fixture.granted("d2", Role.NODE)).isEmpty();
    }

    @Test
    void redeem_againBySameDevice_countsUntilItsTokenWasUsed() {
        Secret token = token(fixture.invite(InvitationProfile.NODE));
        fixture.redeem("d1", Role.NODE, token);
        int events = fixture.registry.events.size();

        assertThat(fixture.redeem("d1", Role.NODE, token)).contains(List.of(Role.NODE));
        assertThat(fixture.registry.events).hasSize(events);

        DeviceRegistry registry = fixture.registry.registry;
        Secret deviceToken =
                registry.tokenForHello("d1", Role.NODE).orElseThrow().token();
        registry.examine(RegistryFixture.proof("d1"), Role.NODE, Scopes.none(), deviceToken);
        assertThat(fixture.redeem("d1", Role.NODE, token)).isEmpty();
    }

    @Test
    void redeem_afterTheDeviceWasRemoved_doesNotBringItBack() {
        Secret token = token(fixture.invite(InvitationProfile.NODE));
        fixture.redeem("d1", Role.NODE, token);
        fixture.registry.registry.remove(OWNER, "d1");

        assertThat(fixture.redeem("d1", Role.NODE, token)).isEmpty();
        assertThat(fixture.registry.registry.devices(OWNER)).isEmpty();
    }

    @Test
    void redeem_afterItsTokenWasRevoked_doesNotBringItBack() {
        Secret token = token(fixture.invite(InvitationProfile.NODE));
        fixture.redeem("d1", Role.NODE, token);
        fixture.registry.registry.revoke(OWNER, "d1", Role.NODE);

        assertThat(fixture.redeem("d1", Role.NODE, token)).isEmpty();
    }

    @Test
    void redeem_expiredOrRevoked_isToldTheSameAsUnknown() {
        NewInvitation revoked = fixture.invite(InvitationProfile.NODE);
        NewInvitation expired = fixture.invite(InvitationProfile.NODE);
        invitations.revoke(OWNER, revoked.invitation().invitationId());
        fixture.registry.clock.advance(Duration.ofMinutes(10));

        TokenStanding unknown = fixture.examine("d1", Role.NODE, Secret.of("never made"));
        for (NewInvitation ended : List.of(revoked, expired)) {
            assertThat(fixture.examine("d1", Role.NODE, token(ended))).isEqualTo(unknown);
            assertThat(fixture.redeem("d1", Role.NODE, token(ended))).isEmpty();
            assertThat(invitations.join(ended.joinCode())).isEmpty();
        }
    }

    @Test
    void redeem_labelledInvitation_namesTheDeviceAndSaysSo() {
        NewInvitation made = invitations.invite(
                OWNER,
                new InvitationOffer(
                        InvitationProfile.NODE,
                        Optional.of(" Ada's box "),
                        Optional.empty(),
                        InvitationFixture.URL,
                        Optional.empty()));

        fixture.redeem("d1", Role.NODE, token(made));

        assertThat(fixture.registry.registry.device(OWNER, "d1").label()).contains("Ada's box");
        assertThat(fixture.registry.events)
                .contains(new DeviceEvent.InvitationRedeemed(
                        made.invitation().invitationId(),
                        "d1",
                        Optional.of("Ada's laptop"),
                        InvitationProfile.NODE,
                        fixture.registry.clock.instant()))
                .anyMatch(DeviceEvent.PairingApproved.class::isInstance);
    }

    @Test
    void redeem_deviceThatWaits_endsItsRequest() {
        String waiting = fixture.registry.open(RegistryFixture.claim("d1", Role.NODE));

        fixture.redeem("d1", Role.NODE, token(fixture.invite(InvitationProfile.NODE)));

        assertThat(fixture.registry.registry.pairingRequest(OWNER, waiting).state())
                .isEqualTo(PairingRequest.State.APPROVED);
    }

    @Test
    void redeem_moreScopesThanCanBeStored_isRefused() {
        Secret token = token(fixture.invite(InvitationProfile.CONTROL_UI));
        String long1 = "operator." + "x".repeat(4_000);
        String long2 = "operator." + "y".repeat(4_000);
        String long3 = "operator." + "z".repeat(4_000);

        assertThat(fixture.redeem("d1", Role.OPERATOR, token, long1, long2, long3))
                .isEmpty();
    }

    @Test
    void join_once_givesATokenOfItsOwn() {
        NewInvitation made = fixture.invite(InvitationProfile.NODE);

        assertThat(invitations.canJoin(made.joinCode())).isTrue();
        Handover fetched = invitations.join(made.joinCode()).orElseThrow();

        assertThat(fetched.setupCode().token()).isNotEqualTo(token(made));
        assertThat(fetched.setupCode().url()).isEqualTo(InvitationFixture.URL);
        assertThat(invitations.canJoin(made.joinCode())).isFalse();
        assertThat(invitations.join(made.joinCode())).isEmpty();
        assertThat(fixture.redeem("d1", Role.NODE, fetched.setupCode().token())).isPresent();
        assertThat(fixture.redeem("d2", Role.NODE, token(made))).isEmpty();
    }

    @Test
    void list_invitations_tellsWhatBecameOfThemAndNoSecret() {
        NewInvitation redeemed = fixture.invite(InvitationProfile.NODE);
        fixture.redeem("d1", Role.NODE, token(redeemed));
        invitations.revoke(
                OWNER, fixture.invite(InvitationProfile.FULL).invitation().invitationId());

        assertThat(invitations.list(OWNER))
                .extracting(Invitation::state)
                .containsExactlyInAnyOrder(Invitation.State.REDEEMED, Invitation.State.REVOKED);
        assertThat(invitations
                        .invitation(OWNER, redeemed.invitation().invitationId())
                        .completion())
                .contains(
                        new Invitation.Completion("d1", Optional.of("Ada's laptop"), fixture.registry.clock.instant()));
        assertThatExceptionOfType(UnknownInvitation.class).isThrownBy(() -> invitations.revoke(OWNER, "nobody"));
    }

    @Test
    void invite_moreThanMayBeOpen_isRefusedUntilOneEnds() {
        NewInvitation first = fixture.invite(InvitationProfile.NODE);
        for (int more = 1; more < InvitationFixture.OPEN_MAX; more++) {
            fixture.invite(InvitationProfile.NODE);
        }

        assertThatExceptionOfType(InvalidInvitation.class)
                .isThrownBy(() -> fixture.invite(InvitationProfile.NODE))
                .withMessageContaining("invitations.open-max");
        invitations.revoke(OWNER, first.invitation().invitationId());
        assertThat(fixture.invite(InvitationProfile.NODE)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {59, 24 * 60 * 60 + 1})
    void invite_lifeOutOfBounds_isRefused(long seconds) {
        InvitationOffer offer = new InvitationOffer(
                InvitationProfile.NODE,
                Optional.empty(),
                Optional.of(Duration.ofSeconds(seconds)),
                InvitationFixture.URL,
                Optional.empty());

        assertThatExceptionOfType(InvalidInvitation.class)
                .isThrownBy(() -> invitations.invite(OWNER, offer))
                .withMessageContaining("1m to 24h");
    }

    @Test
    void invite_overPlainText_isForTheLocalNetworkAndSmallProfiles() {
        GatewayUrl lan = new GatewayUrl("ws://192.168.1.5:18789");
        GatewayUrl open = new GatewayUrl("ws://gateway.example");

        assertThat(invitations.invite(OWNER, at(lan, InvitationProfile.NODE)).joinUrl())
                .isEmpty();
        assertThatExceptionOfType(InvalidInvitation.class)
                .isThrownBy(() -> invitations.invite(OWNER, at(lan, InvitationProfile.FULL)))
                .withMessageContaining("operator.admin");
        assertThatExceptionOfType(InvalidInvitation.class)
                .isThrownBy(() -> invitations.invite(OWNER, at(open, InvitationProfile.NODE)))
                .withMessageContaining("invitations.gateway-url");
    }

    @Test
    void invitation_ofADeviceThatLostItsGrant_isWorthNothing() {
        fixture.registry.pair("maker", "operator.admin", "operator.pairing");
        Authority maker =
                Authority.ofSession(Scopes.of("operator.admin", "operator.pairing"), Optional.of("maker"), true);
        NewInvitation made = invitations.invite(maker, offer(InvitationProfile.FULL));
        assertThat(made.invitation().createdBy()).contains("maker");
        assertThat(fixture.examine("d1", Role.NODE, token(made))).isInstanceOf(TokenStanding.Valid.class);

        fixture.registry.registry.revoke(OWNER, "maker", Role.OPERATOR);

        assertThat(fixture.examine("d1", Role.NODE, token(made))).isInstanceOf(TokenStanding.Invalid.class);
        assertThat(fixture.redeem("d1", Role.NODE, token(made))).isEmpty();
        assertThat(invitations.join(made.joinCode())).isEmpty();
    }

    @Test
    void forgetEnded_aDayAfterTheirTime_forgetsThem() {
        fixture.invite(InvitationProfile.NODE);
        fixture.registry.clock.advance(Duration.ofHours(24));
        assertThat(invitations.forgetEnded()).isZero();

        fixture.registry.clock.advance(Duration.ofMinutes(11));

        assertThat(invitations.forgetEnded()).isEqualTo(1);
        assertThat(invitations.list(OWNER)).isEmpty();
    }

    private static InvitationOffer at(GatewayUrl url, InvitationProfile profile) {
        return new InvitationOffer(profile, Optional.empty(), Optional.empty(), url, Optional.empty());
    }
}
