package dev.gatehouse.control;

import java.util.Optional;

import dev.gatehouse.device.Authority;
import dev.gatehouse.device.GatewayUrl;
import dev.gatehouse.spi.Identity;
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
 * @param reached where it reached the gateway, without the path, if it says that in a usable form
 */
public record Caller(
        String connectionId,
        Role role,
        Scopes scopes,
        String method,
        Optional<String> deviceId,
        Optional<GatewayUrl> reached) {

    /** A caller of which nobody needs to know where it reached the gateway. */
    public Caller(String connectionId, Role role, Scopes scopes, String method, Optional<String> deviceId) {
        this(connectionId, role, scopes, method, deviceId, Optional.empty());
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
