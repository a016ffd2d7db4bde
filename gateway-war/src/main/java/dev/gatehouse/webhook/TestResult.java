package dev.gatehouse.webhook;

import java.util.Optional;

/**
 * What came of a test message.
 *
 * @param messageId its {@code webhook-id}
 * @param isDelivered whether the receiver took it
 * @param status what it answered, if it did
 * @param reason what came of it, in a few words
 */
public record TestResult(String messageId, boolean isDelivered, Optional<Integer> status, String reason) {

    static TestResult of(String messageId, Answer answer) {
        Optional<Integer> status =
                answer instanceof Answer.Answered answered ? Optional.of(answered.status()) : Optional.empty();
        return new TestResult(messageId, answer.isDelivered(), status, answer.described());
    }
}
