package dev.gatehouse.protocol;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Retry;

/**
 * Everything to answer a connection that is not admitted: the error frame first, then the close (wire reference 1.7 and
 * 4.6).
 *
 * @param error what the client decides on
 * @param closeCode the code of the close frame, or the HTTP status with which an upgrade was refused
 * @param closeReason the text of the close frame, cut to what fits
 */
public record Refusal(WireError error, int closeCode, String closeReason) {

    static final int HTTP_FORBIDDEN = 403;
    static final int HTTP_UNAVAILABLE = 503;
    static final int PROTOCOL_ERROR = 1002;
    static final int POLICY = 1008;
    static final int TOO_LARGE = 1009;

    private static final int INTERNAL_ERROR = 1011;
    private static final int TRY_LATER = 1013;
    private static final Duration AFTER_OUTAGE = Duration.ofSeconds(5);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(30);

    private static final String CODE = "code";
    private static final String REASON = "reason";
    private static final String REMEDIATION_HINT = "remediationHint";

    public Refusal {
        closeReason = ReasonText.cut(closeReason);
    }

    /** The refusal that tells a veto, a missing credential or a faulty device proof. */
    public static Refusal of(VetoReason reason) {
        String detailCode = StockCodes.of(reason);
        WireError error = new WireError(
                StockCodes.errorCodeOf(detailCode),
                reason.message(),
                details(reason, detailCode),
                delay(reason.retry()));
        String suffix =
                reason.details().get(VetoReason.REQUEST_ID) instanceof String id ? " (requestId: " + id + ")" : "";
        return new Refusal(error, POLICY, reason.message() + suffix);
    }

    /**
     * The refusal of a connection that could not be decided.
     *
     * @param incidentId under which the log tells what happened
     * @param tryLater true for an outage (1013), false for a fault of the gateway or a plugin (1011)
     */
    public static Refusal unavailable(String incidentId, boolean tryLater) {
        String message = "admission is unavailable (incident " + incidentId + ")";
        Map<String, Object> details = new LinkedHashMap<>();
        details.put(CODE, "ADMISSION_UNAVAILABLE");
        details.put("incidentId", incidentId);
        WireError error = new WireError(
                WireError.UNAVAILABLE, message, details, Optional.of(tryLater ? AFTER_OUTAGE : AFTER_FAULT));
        return new Refusal(error, tryLater ? TRY_LATER : INTERNAL_ERROR, message);
    }

    /** Every detail code that stock clients know. */
    public static Set<String> stockCodes() {
        return StockCodes.all();
    }

    /** What a client decides on: the detail code, or the error's own when it has no details. */
    public String code() {
        return error.details().get(CODE) instanceof String detail ? detail : error.code();
    }

    /** The same refusal, naming the record under which an operator finds it. */
    public Refusal withRefusalId(String refusalId) {
        return new Refusal(error.withDetail("refusalId", refusalId), closeCode, closeReason);
    }

    /** The code is first, the advice follows the hint that it belongs to; neither can be overridden by a detail. */
    private static Map<String, Object> details(VetoReason reason, String detailCode) {
        Map<String, Object> rendered = new LinkedHashMap<>();
        rendered.put(CODE, detailCode);
        if (!detailCode.equals(reason.code())) {
            rendered.put(REASON, reason.code());
        }
        Map<String, Object> advice = advice(reason.retry());
        Map<String, Object> own = new LinkedHashMap<>(reason.details());
        own.keySet().removeAll(rendered.keySet());
        own.keySet().removeAll(advice.keySet());
        if (!own.containsKey(REMEDIATION_HINT)) {
            rendered.putAll(advice);
        }
        own.forEach((name, value) -> {
            rendered.put(name, value);
            if (REMEDIATION_HINT.equals(name)) {
                rendered.putAll(advice);
            }
        });
        return rendered;
    }

    private static Optional<Duration> delay(Retry retry) {
        if (retry instanceof Retry.After after) {
            return Optional.of(after.delay());
        }
        return retry instanceof Retry.AfterApproval approval ? Optional.of(approval.pollEvery()) : Optional.empty();
    }

    /** What keeps a client that waits for an approval from pausing for ever (wire reference 11.2 and 11.5). */
    private static Map<String, Object> advice(Retry retry) {
        Map<String, Object> advice = new LinkedHashMap<>();
        if (retry instanceof Retry.AfterApproval approval) {
            advice.put("recommendedNextStep", "wait_then_retry");
            advice.put("retryable", true);
            advice.put("pauseReconnect", false);
            advice.put("retryAfterMs", WireError.bounded(approval.pollEvery()).toMillis());
        }
        return advice;
    }
}
