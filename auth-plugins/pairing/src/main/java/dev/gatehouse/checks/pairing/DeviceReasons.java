package dev.gatehouse.checks.pairing;

import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;

/** The words of refusals for want of a device or of its token (wire reference 4.6, R20 and R21). */
final class DeviceReasons {

    private DeviceReasons() {}

    /** R20. */
    static VetoReason controlUiNeedsDevice() {
        return VetoReason.of(
                "CONTROL_UI_DEVICE_IDENTITY_REQUIRED",
                Effect.SECURE_CONTEXT,
                "control ui requires device identity (use HTTPS or localhost secure context)");
    }

    /** R21. */
    static VetoReason deviceRequired() {
        return VetoReason.of("DEVICE_IDENTITY_REQUIRED", Effect.IDENTIFY, "device identity required");
    }

    /** Somebody else's key under the id of a device that was approved. */
    static VetoReason keyChanged() {
        return VetoReason.of(
                "DEVICE_KEY_CHANGED",
                Effect.IDENTIFY,
                "device key is not the one that was approved (ask an operator to remove the device, then pair it again)");
    }

    /** A device that nothing identified: it showed no device token, and no check knew its other credentials. */
    static VetoReason deviceTokenMissing() {
        return VetoReason.of(
                        "AUTH_TOKEN_MISSING",
                        Effect.IDENTIFY,
                        "unauthorized: device token missing (connect once with the gateway token, then have the device"
                                + " approved)")
                .withDetail("authReason", "device_token_missing")
                .withDetail("canRetryWithDeviceToken", false)
                .withDetail("recommendedNextStep", "update_auth_configuration");
    }
}
