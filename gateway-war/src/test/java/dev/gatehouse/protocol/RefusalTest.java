package dev.gatehouse.protocol;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;
import dev.gatehouse.spi.VetoReason.Retry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalTest {

    @ParameterizedTest
    @CsvSource({
        "IDENTIFY,       AUTH_VERIFIED_USER_REQUIRED,         NOT_PAIRED",
        "COME_BACK_LATER,AUTH_RATE_LIMITED,                   INVALID_REQUEST",
        "AWAIT_APPROVAL, PAIRING_REQUIRED,                    NOT_PAIRED",
        "SECURE_CONTEXT, CONTROL_UI_DEVICE_IDENTITY_REQUIRED, INVALID_REQUEST",
        "ALLOW_ORIGIN,   CONTROL_UI_ORIGIN_NOT_ALLOWED,       INVALID_REQUEST",
    })
    void ownCode_borrowsTheStockCode_ofItsEffect(Effect effect, String detailCode, String errorCode) {
        Refusal refusal = Refusal.of(VetoReason.of("NIGHT_SHIFT_ONLY", effect, "come at night")
                .withDetail("code", "FORGED")
                .withDetail("reason", "forged")
                .withDetail("shift", "22-06"));

        assertThat(refusal.error().code()).isEqualTo(errorCode);
        assertThat(refusal.error().message()).isEqualTo("come at night");
        assertThat(refusal.error().details())
                .hasToString("{code=" + detailCode + ", reason=NIGHT_SHIFT_ONLY, shift=22-06}");
        assertThat(refusal.closeCode()).isEqualTo(1008);
        assertThat(refusal.closeReason()).isEqualTo("come at night");
    }

    @Test
    void retryAfter_isTold_besideTheDetails() {
        Refusal refusal = Refusal.of(VetoReason.of("AUTH_RATE_LIMITED", Effect.COME_BACK_LATER, "later")
                .withRetry(Retry.after(Duration.ofSeconds(3))));

        assertThat(Frames.error("1", refusal.error())).isEqualTo("""
                {"type":"res","id":"1","ok":false,"error":{"code":"INVALID_REQUEST","message":"later",\
                "retryable":true,"retryAfterMs":3000,"details":{"code":"AUTH_RATE_LIMITED"}}}""");
    }

    @Test
    void waitForApproval_isTold_afterTheHint() {
        VetoReason reason = VetoReason.of("PAIRING_REQUIRED", Effect.AWAIT_APPROVAL, "pairing required")
                .withDetail("retryable", false)
                .withDetail("remediationHint", "approve it")
                .withDetail("deviceId", "d")
                .withRetry(Retry.afterApproval(Duration.ofSeconds(5)));

        assertThat(Frames.error("1", Refusal.of(reason).error())).isEqualTo("""
                {"type":"res","id":"1","ok":false,"error":{"code":"NOT_PAIRED","message":"pairing required",\
                "retryable":true,"retryAfterMs":5000,"details":{"code":"PAIRING_REQUIRED","remediationHint":"approve it",\
                "recommendedNextStep":"wait_then_retry","retryable":true,"pauseReconnect":false,"retryAfterMs":5000,\
                "deviceId":"d"}}}""");
    }

    @Test
    void waitForApproval_isTold_afterTheCode_withoutAHint() {
        VetoReason reason = VetoReason.of("ASK_BOB", Effect.AWAIT_APPROVAL, "ask bob")
                .withDetail("deviceId", "d")
                .withRetry(Retry.afterApproval(Duration.ofSeconds(5)));

        assertThat(Refusal.of(reason).error().details().keySet())
                .containsExactly(
                        "code",
                        "reason",
                        "recommendedNextStep",
                        "retryable",
                        "pauseReconnect",
                        "retryAfterMs",
                        "deviceId");
    }

    @Test
    void delay_isKept_withinWhatTimersBear() {
        assertThat(retryAfter(Duration.ofNanos(1))).isEqualTo(Duration.ofMillis(1));
        assertThat(retryAfter(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void requestId_isTold_inTheCloseReason() {
        Refusal refusal = Refusal.of(VetoReason.of("PAIRING_REQUIRED", Effect.AWAIT_APPROVAL, "pairing required")
                .withDetail("requestId", "r-1"));

        assertThat(refusal.closeReason()).isEqualTo("pairing required (requestId: r-1)");
    }

    @Test
    void refusalId_isTold_last() {
        Refusal refusal = Refusal.of(VetoReason.of("AUTH_REQUIRED", Effect.IDENTIFY, "who are you")
                        .withDetail("a", 1))
                .withRefusalId("f-1");

        assertThat(refusal.error().details()).hasToString("{code=AUTH_REQUIRED, a=1, refusalId=f-1}");
    }

    @Test
    void strangeDetails_areRendered_allTheSame() {
        Map<String, Object> nested = new LinkedHashMap<>();
        nested.put("nothing", null);
        nested.put("uri", URI.create("https://a.example"));
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("nested", nested);
        details.put("number", Double.NaN);
        details.put("list", List.of(1, 2L, 1.5, new BigDecimal("2.50"), true));
        details.put("endless", endless);

        Refusal refusal = Refusal.of(
                new VetoReason("AUTH_REQUIRED", "who are you", Effect.IDENTIFY, details, Retry.never(), List.of()));

        assertThat(Frames.error("1", refusal.error()))
                .contains("\"nested\":{\"uri\":\"https://a.example\"},\"number\":\"NaN\",\"list\":[1,2,1.5,2.50,true]")
                .contains("\"endless\":[[[");
    }

    @Test
    void outage_asksToTryLater() {
        Refusal refusal = Refusal.unavailable("i-1", true);

        assertThat(Frames.error("1", refusal.error())).isEqualTo("""
                {"type":"res","id":"1","ok":false,"error":{"code":"UNAVAILABLE",\
                "message":"admission is unavailable (incident i-1)","retryable":true,"retryAfterMs":5000,\
                "details":{"code":"ADMISSION_UNAVAILABLE","incidentId":"i-1"}}}""");
        assertThat(refusal.closeCode()).isEqualTo(1013);
        assertThat(refusal.closeReason()).isEqualTo("admission is unavailable (incident i-1)");
    }

    @Test
    void fault_asksToTryMuchLater() {
        Refusal refusal = Refusal.unavailable("i-1", false);

        assertThat(refusal.error().retryAfter()).contains(Duration.ofSeconds(30));
        assertThat(refusal.closeCode()).isEqualTo(1011);
    }

    @Test
    void gatewaysOwnRefusals_carryACode() {
        Refusal silence = HandshakeRefusals.handshakeTimeout();
        Refusal tooLarge = HandshakeRefusals.payloadTooLarge();
        Refusal tooMany = HandshakeRefusals.tooManyFrames();

        assertThat(silence.error().details()).hasToString("{code=HANDSHAKE_TIMEOUT}");
        assertThat(silence.closeReason()).isEqualTo("handshake timeout");
        assertThat(silence.closeCode()).isEqualTo(1008);
        assertThat(tooLarge.error().details()).hasToString("{code=PROTOCOL_MISMATCH, reason=payload-too-large}");
        assertThat(tooLarge.closeReason()).isEqualTo("preauth payload too large");
        assertThat(tooLarge.closeCode()).isEqualTo(1009);
        assertThat(tooMany.error().details()).hasToString("{code=PROTOCOL_MISMATCH, reason=too-many-frames}");
        assertThat(tooMany.closeReason()).isEqualTo("too many pending handshake frames");
        assertThat(tooMany.closeCode()).isEqualTo(1008);
    }

    private static Duration retryAfter(Duration delay) {
        return Refusal.of(VetoReason.of("AUTH_REQUIRED", Effect.IDENTIFY, "who are you")
                        .withRetry(Retry.after(delay)))
                .error()
                .retryAfter()
                .orElseThrow();
    }
}
