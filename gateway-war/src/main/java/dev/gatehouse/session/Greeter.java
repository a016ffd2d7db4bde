package dev.gatehouse.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.admission.Decision;
import dev.gatehouse.admission.UpgradeStage;
import dev.gatehouse.control.Caller;
import dev.gatehouse.control.Event;
import dev.gatehouse.control.Health;
import dev.gatehouse.control.Presence;
import dev.gatehouse.device.DeviceRegistry;
import dev.gatehouse.device.Invitations;
import dev.gatehouse.device.Sighting;
import dev.gatehouse.protocol.Hello;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.DeviceDirectory.Grant;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.PairingDesk;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.UpgradeContext;

/**
 * Turns an admission into what the client is told: its scopes as the grant stands now, and a device token if one is due.
 * Safe for concurrent use; may block on the database.
 */
public final class Greeter {

    /** The check that admits approved devices only; with it, a device's session lives as long as its grant. */
    private static final String APPROVAL_CHECK = "pairing";

    private final DeviceRegistry devices;
    private final Invitations invitations;
    private final List<String> methods;
    private final Presence presence;
    private final Health health;
    private final String version;

    /**
     * The greeter of a gateway.
     *
     * @param devices where grants are read and tokens issued
     * @param invitations where clients that were invited redeem that
     * @param methods the methods that clients are told of
     * @param presence who is there
     * @param health how the gateway is
     * @param version the gateway's version
     */
    public Greeter(
            DeviceRegistry devices,
            Invitations invitations,
            List<String> methods,
            Presence presence,
            Health health,
            String version) {
        this.devices = devices;
        this.invitations = invitations;
        this.methods = List.copyOf(methods);
        this.presence = presence;
        this.health = health;
        this.version = version;
    }

    /**
     * Redeems the invitation by which a client was identified: here and not in the chain, so that a connection that some
     * check refuses costs nobody an invitation.
     *
     * @return every role that the client was invited for, none when it came otherwise; empty when the invitation is of no
     *     use any more, perhaps because another device came first
     */
    Optional<List<Role>> redeem(ConnectContext context, Identity identity) {
        if (!identity.method().equals(Identity.BOOTSTRAP_TOKEN)) {
            return Optional.of(List.of());
        }
        return context.device()
                .flatMap(device -> context.credentials()
                        .bootstrapToken()
                        .flatMap(token -> invitations.redeem(claim(context, device), token)));
    }

    private static PairingDesk.Claim claim(ConnectContext context, DeviceProof.Verified device) {
        return new PairingDesk.Claim(
                device,
                context.client(),
                context.role(),
                context.requestedScopes(),
                PairingDesk.Need.NOT_PAIRED,
                context.upgrade().address(),
                context.upgrade().isLocal());
    }

    /**
     * Reads the grant once more, after the session was registered: whoever withdraws it from now on finds the session.
     *
     * @return the scopes to live with, or empty when the grant is gone
     */
    Optional<Scopes> scopesNow(UpgradeStage stage, ConnectContext context, Decision.Admitted admitted) {
        if (context.device().isEmpty() || !devicesNeedGrants(stage)) {
            return Optional.of(admitted.scopes());
        }
        return ceiling(context, context.device().get(), admitted.identity())
                .map(ceiling -> admitted.scopes().cutTo(ceiling));
    }

    /**
     * The hello of a session.
     *
     * @param invitedFor the roles that the client was invited for
     */
    Hello hello(UpgradeStage stage, ConnectContext context, Identity identity, Caller caller, List<Role> invitedFor) {
        Optional<Hello.IssuedToken> token = context.device()
                .filter(device -> mayReceiveToken(identity) && devicesNeedGrants(stage))
                .flatMap(device -> token(device, context.role()));
        context.device().ifPresent(device -> devices.seen(device.deviceId(), sighting(context, identity)));
        return new Hello(
                version,
                context.upgrade().connectionId(),
                health.uptimeMillis(),
                methods,
                Event.NAMES,
                context.role(),
                caller.scopes(),
                identity.method(),
                presence.seenBy(caller),
                token,
                context.device()
                        .map(device -> others(device, context.role(), invitedFor))
                        .orElseGet(List::of),
                health.now());
    }

    /** The tokens of a device that was invited for more roles than the one of its session. */
    private List<Hello.RoleToken> others(DeviceProof.Verified device, Role own, List<Role> invitedFor) {
        return invitedFor.stream()
                .filter(role -> role != own)
                .flatMap(role -> devices.grant(device.deviceId(), role).map(Grant::scopes).stream()
                        .flatMap(scopes ->
                                token(device, role).stream().map(issued -> new Hello.RoleToken(role, scopes, issued))))
                .toList();
    }

    private Optional<Hello.IssuedToken> token(DeviceProof.Verified device, Role role) {
        return devices.tokenForHello(device.deviceId(), role)
                .map(issued ->
                        new Hello.IssuedToken(issued.token(), issued.issuedAt().toEpochMilli()));
    }

    /**
     * Until when a session lives that came by a device token; its client comes back for another.
     *
     * @param hello what the client is told, perhaps with a token that it holds from now on
     */
    Optional<Instant> end(ConnectContext context, Identity identity, Hello hello) {
        Optional<Secret> presented = context.credentials().deviceTokenCandidate();
        Optional<Secret> held =
                hello.deviceToken().map(Hello.IssuedToken::token).or(() -> presented);
        return isByToken(identity) && context.device().isPresent()
                ? held.flatMap(token -> devices.endOfSession(context.device().get(), context.role(), token))
                : Optional.empty();
    }

    private static Sighting sighting(ConnectContext context, Identity identity) {
        UpgradeContext upgrade = context.upgrade();
        return new Sighting(
                upgrade.isLocal()
                        ? Optional.empty()
                        : Optional.of(upgrade.address().getHostAddress()),
                context.client().version(),
                isByToken(identity) ? "device-token-auth" : "connect");
    }

    /** Whether the chain that decided about a session admits approved devices only. */
    private static boolean devicesNeedGrants(UpgradeStage stage) {
        return stage.isDecidedBy(APPROVAL_CHECK);
    }

    /** Who came by a device token gets another only while that one is being rotated. */
    private static boolean mayReceiveToken(Identity identity) {
        return identity.isShared() || isByToken(identity) || identity.method().equals(Identity.BOOTSTRAP_TOKEN);
    }

    private static boolean isByToken(Identity identity) {
        return identity.method().equals(Identity.DEVICE_TOKEN);
    }

    private Optional<Scopes> ceiling(ConnectContext context, DeviceProof.Verified device, Identity identity) {
        Optional<Secret> token = context.credentials().deviceTokenCandidate().filter(presented -> isByToken(identity));
        return token.isPresent()
                ? devices.scopesOfToken(device, context.role(), context.requestedScopes(), token.get())
                : devices.grant(device.deviceId(), context.role()).map(Grant::scopes);
    }
}
