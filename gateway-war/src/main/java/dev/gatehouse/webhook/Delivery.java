package dev.gatehouse.webhook;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An entry of the journal that a webhook still has to deliver, or could not.
 *
 * @param messageId its {@code webhook-id}
 * @param webhook the name of the webhook
 * @param sequence the number of the entry
 * @param type the type of the entry
 * @param happenedAt when it happened
 * @param document the entry as JSON in ASCII
 * @param state whether it is still tried
 * @param attempts how many attempts failed
 * @param nextAt when it is tried next, if it is
 * @param lastAttemptAt when it was last tried
 * @param lastFailure what came of that
 */
public record Delivery(
        String messageId,
        String webhook,
        long sequence,
        String type,
        Instant happenedAt,
        String document,
        State state,
        int attempts,
        Instant nextAt,
        Optional<Instant> lastAttemptAt,
        Optional<String> lastFailure) {

    /** What becomes of a delivery; one that was delivered is not kept. */
    public enum State {
        /** It is tried until it arrives, or was tried often enough. */
        PENDING,
        /** It was tried often enough; an operator may have it tried again. */
        DEAD;

        /** How it is called in the API. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Reads what {@link #label} wrote; empty for anything else. */
        public static Optional<State> parse(String label) {
            return Stream.of(values())
                    .filter(state -> state.label().equals(label))
                    .findFirst();
        }
    }

    String body() {
        return Message.body(type, happenedAt, document);
    }
}
