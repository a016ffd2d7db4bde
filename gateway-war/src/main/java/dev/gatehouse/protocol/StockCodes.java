package dev.gatehouse.protocol;

import java.util.Map;
import java.util.Set;

import dev.gatehouse.spi.VetoReason;

/** The detail codes that stock clients know, and what hangs on them (wire reference 4.6 and 11.2). */
final class StockCodes {

    /** Every stock client stops on it, and none asks the person for anything: right for a fault of the client itself. */
    static final String PROTOCOL_MISMATCH = "PROTOCOL_MISMATCH";

    static final String CONTROL_UI_ORIGIN_NOT_ALLOWED = "CONTROL_UI_ORIGIN_NOT_ALLOWED";

    /** The gateway's own; the dashboard shows an unknown code as a gateway that cannot be reached. */
    private static final String TOO_MANY_SESSIONS = "TOO_MANY_SESSIONS";

    private static final String TOO_MANY_GUESSES = "TOO_MANY_GUESSES";

    /** The dashboard shows that its secret is rejected, and tries again. */
    private static final String AUTH_UNAUTHORIZED = "AUTH_UNAUTHORIZED";

    private static final String AUTH_VERIFIED_USER_REQUIRED = "AUTH_VERIFIED_USER_REQUIRED";
    private static final String AUTH_RATE_LIMITED = "AUTH_RATE_LIMITED";
    private static final String PAIRING_REQUIRED = "PAIRING_REQUIRED";
    private static final String CONTROL_UI_DEVICE_IDENTITY_REQUIRED = "CONTROL_UI_DEVICE_IDENTITY_REQUIRED";
    private static final String DEVICE_IDENTITY_REQUIRED = "DEVICE_IDENTITY_REQUIRED";

    private static final Set<String> KNOWN = Set.of(
            "AUTH_REQUIRED",
            AUTH_UNAUTHORIZED,
            "AUTH_TOKEN_MISSING",
            "AUTH_TOKEN_MISMATCH",
            "AUTH_TOKEN_NOT_CONFIGURED",
            "AUTH_PASSWORD_MISSING",
            "AUTH_PASSWORD_MISMATCH",
            "AUTH_PASSWORD_NOT_CONFIGURED",
            "AUTH_BOOTSTRAP_TOKEN_INVALID",
            "AUTH_DEVICE_TOKEN_MISMATCH",
            "AUTH_SCOPE_MISMATCH",
            AUTH_RATE_LIMITED,
            "AUTH_TAILSCALE_IDENTITY_MISSING",
            "AUTH_TAILSCALE_PROXY_MISSING",
            "AUTH_TAILSCALE_WHOIS_FAILED",
            "AUTH_TAILSCALE_IDENTITY_MISMATCH",
            "AUTH_IDENTITY_HEADER_REQUIRED",
            AUTH_VERIFIED_USER_REQUIRED,
            "AUTHENTICATED_PROFILE_UNAVAILABLE",
            "CONTROL_UI_BUILD_MISMATCH",
            CONTROL_UI_ORIGIN_NOT_ALLOWED,
            PROTOCOL_MISMATCH,
            CONTROL_UI_DEVICE_IDENTITY_REQUIRED,
            DEVICE_IDENTITY_REQUIRED,
            "DEVICE_AUTH_INVALID",
            "DEVICE_AUTH_DEVICE_ID_MISMATCH",
            "DEVICE_AUTH_SIGNATURE_EXPIRED",
            "DEVICE_AUTH_NONCE_REQUIRED",
            "DEVICE_AUTH_NONCE_MISMATCH",
            "DEVICE_AUTH_SIGNATURE_INVALID",
            "DEVICE_AUTH_PUBLIC_KEY_INVALID",
            PAIRING_REQUIRED,
            "CLIENT_VERSION_MISMATCH");

    /**
     * What passes by itself, and what it travels as: something on which no stock client stops, because all of them come
     * back after {@code retryAfterMs}, while {@code AUTH_RATE_LIMITED} ends them for good (wire reference 11.2).
     */
    private static final Map<String, String> PASSING =
            Map.of(TOO_MANY_GUESSES, AUTH_UNAUTHORIZED, TOO_MANY_SESSIONS, TOO_MANY_SESSIONS);

    private static final Set<String> NOT_PAIRED =
            Set.of(PAIRING_REQUIRED, DEVICE_IDENTITY_REQUIRED, AUTH_VERIFIED_USER_REQUIRED);

    private StockCodes() {}

    static Set<String> all() {
        return KNOWN;
    }

    /** What a reason travels as. */
    static String of(VetoReason reason) {
        String code = reason.code();
        return KNOWN.contains(code) ? code : PASSING.getOrDefault(code, withEffect(reason.effect()));
    }

    /** The code that makes a stock client do what the effect says. */
    private static String withEffect(VetoReason.Effect effect) {
        return switch (effect) {
            case IDENTIFY -> AUTH_VERIFIED_USER_REQUIRED;
            case COME_BACK_LATER -> AUTH_RATE_LIMITED;
            case AWAIT_APPROVAL -> PAIRING_REQUIRED;
            case SECURE_CONTEXT -> CONTROL_UI_DEVICE_IDENTITY_REQUIRED;
            case ALLOW_ORIGIN -> CONTROL_UI_ORIGIN_NOT_ALLOWED;
        };
    }

    /** The first-level code that goes with a detail code. */
    static String errorCodeOf(String detailCode) {
        if (detailCode.equals(TOO_MANY_SESSIONS)) {
            return WireError.UNAVAILABLE;
        }
        return NOT_PAIRED.contains(detailCode) ? WireError.NOT_PAIRED : WireError.INVALID_REQUEST;
    }
}
