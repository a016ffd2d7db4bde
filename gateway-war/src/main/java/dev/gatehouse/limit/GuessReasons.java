package dev.gatehouse.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Retry;

/** What clients are told that must wait because of wrong secrets. */
final class GuessReasons {

    /** The code of the refusal; it travels as one on which no stock client stops, for waiting is enough. */
    static final String CODE = "TOO_MANY_GUESSES";

    private static final Duration WORTH_A_TIME = Duration.ofMinutes(1);

    private GuessReasons() {}

    /** Somebody showed too many wrong ones. */
    static VetoReason ofGuesser(Guesser guesser, Duration wait, Instant now) {
        String who = guesser.who().startsWith("device ") ? "this device" : "this address";
        return reason(
                "too many wrong secrets from " + who + until(wait, now) + "; wait, then come with the right one", wait);
    }

    /** The hour's wrong ones are used up. */
    static VetoReason ofEverybody(Duration wait, Instant now) {
        return reason(
                "too many wrong secrets on this gateway" + until(wait, now) + "; wait, known devices still come in",
                wait);
    }

    private static VetoReason reason(String message, Duration wait) {
        return VetoReason.of(CODE, VetoReason.Effect.COME_BACK_LATER, message)
                .withDetail("authReason", "rate_limited")
                .withDetail("canRetryWithDeviceToken", false)
                .withDetail("recommendedNextStep", "wait_then_retry")
                .withRetry(Retry.after(wait));
    }

    private static String until(Duration wait, Instant now) {
        return wait.compareTo(WORTH_A_TIME) < 0
                ? ""
                : " until " + now.plus(wait).truncatedTo(ChronoUnit.SECONDS);
    }
}
