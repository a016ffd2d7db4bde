package dev.gatehouse.checks.token;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Credentials;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;
import dev.gatehouse.spi.VetoReason.Retry;

/**
 * The words of the refusals (wire reference 4.6, R30 to R42 and R51). What the stock clients key on is theirs; nothing
 * else is.
 *
 * @param mode which secret clients must know
 */
record TokenReasons(Mode mode) {

    private static final String UPDATE_CONFIGURATION = "update_auth_configuration";

    /** Stock clients retry these codes for ever, so they are at least told to do it slowly. */
    private static final Retry SLOWLY = Retry.after(Duration.ofSeconds(30));

    /** R30 to R33 and R39, or R51 for a device token that comes without a device. */
    VetoReason missing(ConnectContext context) {
        if (mode == Mode.TOKEN && context.credentials().deviceToken().isPresent()) {
            return missing("unauthorized: device token rejected (pair/repair this device, or provide gateway token)");
        }
        String hint = Audience.of(context).missingHint(mode);
        return missing("unauthorized: gateway " + mode.setting() + " missing (" + hint + ")");
    }

    /** R34 to R36 and R40. */
    VetoReason mismatch(ConnectContext context) {
        boolean retryWithDeviceToken =
                mode == Mode.TOKEN && context.device().isPresent() && isTokenAlone(context.credentials());
        return reason(
                code("MISMATCH"),
                "unauthorized: gateway " + mode.setting() + " mismatch ("
                        + Audience.of(context).mismatchHint(mode) + ")",
                details(
                        mode.setting() + "_mismatch",
                        retryWithDeviceToken,
                        retryWithDeviceToken ? "retry_with_device_token" : "update_auth_credentials"));
    }

    /** R37 and R41. */
    VetoReason notConfigured() {
        return configure(
                code("NOT_CONFIGURED"),
                "unauthorized: gateway " + mode.setting() + " not configured on gateway (set gateway.auth."
                        + mode.setting() + ")",
                "_missing_config");
    }

    /** R38. */
    VetoReason redacted() {
        return configure(
                "AUTH_UNAUTHORIZED",
                "gateway credential is a redaction sentinel (run openclaw doctor --fix on the Gateway, then restart and"
                        + " re-pair)",
                "_redacted_config");
    }

    /** R42. */
    static VetoReason bootstrapTokenInvalid() {
        return reason(
                "AUTH_BOOTSTRAP_TOKEN_INVALID",
                "unauthorized: setup code invalid, expired, revoked, or already used (create a new code; review"
                        + " `openclaw devices list`)",
                details("bootstrap_token_invalid", false, "review_auth_configuration"));
    }

    private VetoReason missing(String message) {
        return reason(code("MISSING"), message, details(mode.setting() + "_missing", false, UPDATE_CONFIGURATION));
    }

    private VetoReason configure(String code, String message, String authReason) {
        return new VetoReason(
                code,
                message,
                Effect.COME_BACK_LATER,
                details(mode.setting() + authReason, false, UPDATE_CONFIGURATION),
                SLOWLY,
                List.of("checks.token." + mode.setting() + ": file:<path of a file that holds the secret>"));
    }

    private String code(String ending) {
        return "AUTH_" + mode.name() + "_" + ending;
    }

    private static boolean isTokenAlone(Credentials sent) {
        return sent.token().isPresent()
                && sent.password().isEmpty()
                && sent.deviceToken().isEmpty()
                && sent.bootstrapToken().isEmpty();
    }

    private static VetoReason reason(String code, String message, Map<String, Object> details) {
        return new VetoReason(code, message, Effect.IDENTIFY, details, Retry.never(), List.of());
    }

    private static Map<String, Object> details(String authReason, boolean retryWithDeviceToken, String nextStep) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("authReason", authReason);
        details.put("canRetryWithDeviceToken", retryWithDeviceToken);
        details.put("recommendedNextStep", nextStep);
        return details;
    }
}
