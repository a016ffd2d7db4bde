package dev.gatehouse.checks.pairing;

import java.util.Set;

import dev.gatehouse.spi.Client;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.PairingDesk.Need;
import dev.gatehouse.spi.Role;

/**
 * When a device on this machine is approved without an operator (wire reference 6.2): never unless the operator switched
 * it on, and never for a client that proved nothing but its device.
 *
 * @param isOn whether the operator switched it on
 */
record SilentApproval(boolean isOn) {

    private static final Set<String> NATIVE_APPS =
            Set.of("openclaw-macos", "openclaw-linux", "openclaw-ios", "openclaw-android");

    /**
     * Whether a claim is approved without an operator.
     *
     * @param need what the device lacks
     * @param isIdTaken whether a device of its id was approved before
     * @param context the connection
     * @return true when it is
     */
    boolean covers(Need need, boolean isIdTaken, ConnectContext context) {
        return isOn
                && context.upgrade().isLocal()
                && context.identity().isPresent()
                && isOriginExplained(context)
                && isRoleOpen(isIdTaken, context)
                && isNeedOpen(need, context);
    }

    /** A page may not pose as a program of this machine. */
    private static boolean isOriginExplained(ConnectContext context) {
        return context.upgrade().origin().isEmpty() || isUserInterface(context.client());
    }

    /** A device that is already known never becomes a node by itself. */
    private static boolean isRoleOpen(boolean isIdTaken, ConnectContext context) {
        return !isIdTaken || context.role() == Role.OPERATOR;
    }

    private static boolean isNeedOpen(Need need, ConnectContext context) {
        return switch (need) {
            case NOT_PAIRED, ROLE_UPGRADE -> true;
            case SCOPE_UPGRADE -> context.identity().filter(Identity::isShared).isPresent();
            case METADATA_UPGRADE -> context.upgrade().origin().isEmpty() && isNativeApp(context.client());
        };
    }

    private static boolean isUserInterface(Client client) {
        return client.isControlUi() || client.isWebchat();
    }

    private static boolean isNativeApp(Client client) {
        return client.mode().equals("ui") && NATIVE_APPS.contains(client.id());
    }
}
