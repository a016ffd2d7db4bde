package dev.gatehouse.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a webhook is doing, on every node.
 *
 * @param name what operators call it
 * @param url where messages are posted to, without the query
 * @param events which entries of the journal it tells
 * @param state how it is doing
 * @param sequence the number of the last entry of the journal that it has looked at
 * @param pending how many messages are still tried
 * @param dead how many were given up and are kept
 * @param lastSuccessAt when its receiver last took a message; exact to a second
 * @param lastFailureAt when an attempt last failed
 * @param lastFailure why
 * @param nextAttemptAt when it is tried next, if something waits and it is not stopped
 */
public record WebhookReport(
        String name,
        String url,
        List<String> events,
        State state,
        long sequence,
        int pending,
        int dead,
        Optional<Instant> lastSuccessAt,
        Optional<Instant> lastFailureAt,
        Optional<String> lastFailure,
        Optional<Instant> nextAttemptAt) {

    /** How a webhook is doing. */
    public enum State {
        /** Its last message arrived, or it had none yet. */
        OK,
        /** Its last attempt failed. */
        FAILING,
        /** Its receiver answered 410; nothing is sent until its config changes or an operator starts it. */
        STOPPED;

        /** How it is called in the API. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(WebhookRow row) {
            if (row.isStopped()) {
                return STOPPED;
            }
            return row.isFailing() ? FAILING : OK;
        }
    }
}
