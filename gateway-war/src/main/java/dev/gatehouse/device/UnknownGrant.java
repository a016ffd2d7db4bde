package dev.gatehouse.device;

import dev.gatehouse.spi.Role;

/** A device has not been approved for a role. */
public final class UnknownGrant extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownGrant(String deviceId, Role role) {
        super("device '" + deviceId + "' is not approved for role '" + role.wireName()
                + "'; read the device to see its roles");
    }
}
