package dev.gatehouse.control;

import java.util.Optional;

import dev.gatehouse.device.Authority;
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
 */
public record Caller(String connectionId, Role role, Scopes scopes, String method, Optional<String> deviceId) {

    /** Whether it proved nothing but its device, so that it reaches this device only. */
    boolean isBoundToDevice() {
        return method.equals(Identity.DEVICE_TOKEN);
    }

    /** What the registry lets it do. */
    Authority authority() {
        return Authority.ofSession(scopes, deviceId, isBoundToDevice());
    }
}
