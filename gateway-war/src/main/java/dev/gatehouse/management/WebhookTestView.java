package dev.gatehouse.management;

import java.util.Optional;

import dev.gatehouse.webhook.TestResult;

/**
 * What came of a test message.
 *
 * @param id its {@code webhook-id}
 * @param delivered whether the receiver took it
 * @param status what the receiver answered, if it did
 * @param reason what came of it, in a few words
 */
record WebhookTestView(String id, boolean delivered, Optional<Integer> status, String reason) {

    static WebhookTestView of(TestResult result) {
        return new WebhookTestView(result.messageId(), result.isDelivered(), result.status(), result.reason());
    }
}
