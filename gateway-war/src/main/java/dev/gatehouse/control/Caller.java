package dev.gatehouse.control;

import java.util.Optional;

import dev.gatehouse.device.Authority;
import dev.gatehouse.device.GatewayUrl;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.PairingDesk.Claim;
import dev.gatehouse.spi.PairingDesk.Need;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;

/**
 * The client of a live session, as far as its calls depend on it.
 *
 * @param connectionId names its connection
 * @param role what it is connected as
 * @param scopes what it may do
 * @param method by what it was identified
 * @param deviceId its device, if it has one
 * @param claim how its device asks for more, if it has one
 * @param reached where it reached the gateway, without the path, if it says that in a usable form
 */
public record Caller(
        String connectionId,
        Role role,
        Scopes scopes,
        String method,
        Optional<String> deviceId,
        Optional<Claim> claim,
        Optional<GatewayUrl> reached) {

    /** A client that asks for nothing more, and invites nobody. */
    public Caller(String connectionId, Role role, Scopes scopes, String method, Optional<String> deviceId) {
        this(connectionId, role, scopes, method, deviceId, Optional.empty(), Optional.empty());
    }

    /** The client of a connection that was admitted. */
    public static Caller of(ConnectContext context, Identity identity, Scopes scopes) {
        Optional<Claim> claim = context.device()
                .map(device -> new Claim(
                        device,
                        context.client(),
                        context.role(),
                        scopes,
                        Need.SCOPE_UPGRADE,
                        context.upgrade().address(),
                        context.upgrade().isLocal()));
        return new Caller(
                context.upgrade().connectionId(),
                context.role(),
                scopes,
                identity.method(),
                claim.map(asking -> asking.device().deviceId()),
                claim,
                GatewayUrl.reachedBy(context.upgrade()));
    }

    /** Whether it proved nothing but its device, or that it was invited, so that it reaches this device only. */
    boolean isBoundToDevice() {
        return method.equals(Identity.DEVICE_TOKEN) || method.equals(Identity.BOOTSTRAP_TOKEN);
    }

    /** What the registry lets it do. */
    Authority authority() {
        return Authority.ofSession(scopes, deviceId, isBoundToDevice());
    }
}
