package dev.gatehouse.device;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.DeviceDirectory.TokenStanding;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;

import static dev.gatehouse.device.RegistryFixture.claim;
import static dev.gatehouse.device.RegistryFixture.proof;

/** Invitations on a registry of their own; three may be open at a time. */
final class InvitationFixture implements AutoCloseable {

    static final GatewayUrl URL = new GatewayUrl("wss://gateway.example");
    static final int OPEN_MAX = 3;

    final RegistryFixture registry = new RegistryFixture();
    final Invitations invitations = invitations(OPEN_MAX);

    Invitations invitations(int openMax) {
        InvitationSettings settings =
                new InvitationSettings(Duration.ofMinutes(10), openMax, Optional.empty(), Optional.empty());
        DeviceSettings waiting =
                new DeviceSettings(Duration.ofMinutes(60), 1000, 32, Duration.ofSeconds(5), Duration.ofMinutes(10));
        return new Invitations(
                registry.database,
                () -> waiting,
                () -> settings,
                registry.clock,
                new SecureRandom(),
                registry.events::add);
    }

    static InvitationOffer offer(InvitationProfile profile) {
        return new InvitationOffer(profile, Optional.empty(), Optional.empty(), URL, Optional.empty());
    }

    NewInvitation invite(InvitationProfile profile) {
        return invitations.invite(Authority.owner(), offer(profile));
    }

    static Secret token(NewInvitation made) {
        return made.handover().setupCode().token();
    }

    TokenStanding examine(String device, Role role, Secret token, String... scopes) {
        return invitations.examine(proof(device), role, Scopes.of(scopes), token);
    }

    Optional<List<Role>> redeem(String device, Role role, Secret token, String... scopes) {
        return invitations.redeem(claim(device, role, scopes), token);
    }

    Optional<Scopes> granted(String device, Role role) {
        return registry.registry.grant(device, role).map(grant -> grant.scopes());
    }

    @Override
    public void close() {
        registry.close();
    }
}
