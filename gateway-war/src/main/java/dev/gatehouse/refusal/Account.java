package dev.gatehouse.refusal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.gatehouse.admission.Trace;
import dev.gatehouse.protocol.Refusal;
import dev.gatehouse.spi.VetoReason;

/**
 * What is known about a refusal: what was told and seen, and what each check said. Holds no secret, and every text in it
 * is bounded.
 *
 * @param outcome whether policy said no, or nobody could decide
 * @param told what the client was told
 * @param check the check that objected, or that failed
 * @param seen what the gateway saw of the connection
 * @param checks what the checks said that were asked, in the order of asking
 * @param advice what the check that objected would do about it, best first
 */
public record Account(
        Outcome outcome, Told told, Optional<String> check, Seen seen, List<Answer> checks, List<String> advice) {

    private static final int TEXT_MAX = 512;
    private static final int CHECKS_MAX = 64;
    private static final int ADVICE_MAX = 6;

    /** How it came that a connection was not admitted. */
    public enum Outcome {
        /** Policy says no. */
        REFUSED,
        /** Nobody could decide. */
        FAILED;

        /** The name for people and programs. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What a client was told.
     *
     * @param code the code of the reason, also where the client was told a stock code instead
     * @param message what people read
     * @param closeCode the code of the close, or the HTTP status if there was no WebSocket yet
     * @param closeReason the text of the close
     * @param reason what tells it from others of the same code
     * @param requestId the pairing request that waits
     * @param approvalCode the request's code, for reading aloud
     * @param banId the ban that shut the client out
     * @param retryAfterMillis how long the client was asked to wait
     */
    public record Told(
            String code,
            String message,
            int closeCode,
            String closeReason,
            Optional<String> reason,
            Optional<String> requestId,
            Optional<String> approvalCode,
            Optional<String> banId,
            Optional<Long> retryAfterMillis) {}

    /**
     * What one check said.
     *
     * @param name its name in the chain
     * @param stage {@code upgrade} or {@code connect}
     * @param verdict {@code pass}, {@code identified}, {@code absent}, {@code veto} or {@code failed}
     * @param code the reason's code
     * @param micros how long it took, in microseconds
     */
    public record Answer(String name, String stage, String verdict, Optional<String> code, long micros) {

        static Answer of(Trace.Entry entry) {
            return new Answer(
                    entry.check(),
                    entry.stage().name().toLowerCase(Locale.ROOT),
                    entry.answer().name().toLowerCase(Locale.ROOT),
                    entry.code(),
                    entry.took().toNanos() / 1000);
        }
    }

    static Account of(Occurrence occurrence, String id) {
        return new Account(
                occurrence.outcome(),
                told(occurrence, occurrence.telling().apply(id)),
                occurrence.check(),
                Seen.of(occurrence.upgrade(), occurrence.visitor()),
                occurrence.trace().entries().stream()
                        .limit(CHECKS_MAX)
                        .map(Answer::of)
                        .toList(),
                occurrence.advice().stream().limit(ADVICE_MAX).map(Account::cut).toList());
    }

    private static Told told(Occurrence occurrence, Refusal refusal) {
        return new Told(
                occurrence.code(),
                cut(refusal.error().message()),
                refusal.closeCode(),
                refusal.closeReason(),
                occurrence.text("reason").map(Account::cut),
                occurrence.text(VetoReason.REQUEST_ID).map(Account::cut),
                occurrence.text("approvalCode").map(Account::cut),
                occurrence.text("banId").map(Account::cut),
                refusal.error().retryAfter().map(delay -> delay.toMillis()));
    }

    /** What the catalogue says about it. */
    public RefusalKind kind() {
        return RefusalKind.of(told.code(), told.message(), told.reason());
    }

    private static String cut(String text) {
        return VisibleText.cut(text, TEXT_MAX);
    }
}
