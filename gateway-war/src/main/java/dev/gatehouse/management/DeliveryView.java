package dev.gatehouse.management;

import java.time.Instant;
import java.util.Optional;

import dev.gatehouse.webhook.Delivery;

/**
 * A message that has not arrived, as the API shows it.
 *
 * @param id its {@code webhook-id}
 * @param sequence the number of the entry of the audit that it tells
 * @param type what happened
 * @param happenedAt when it happened
 * @param state {@code pending} or {@code dead}
 * @param attempts how many attempts failed
 * @param nextAttemptAt when it is tried next, if it is
 * @param lastFailure the last attempt that failed
 */
record DeliveryView(
        String id,
        long sequence,
        String type,
        String happenedAt,
        String state,
        int attempts,
        Optional<String> nextAttemptAt,
        Optional<WebhookView.Failure> lastFailure) {

    static DeliveryView of(Delivery delivery) {
        boolean isTried = delivery.state() == Delivery.State.PENDING;
        return new DeliveryView(
                delivery.messageId(),
                delivery.sequence(),
                delivery.type(),
                delivery.happenedAt().toString(),
                delivery.state().label(),
                delivery.attempts(),
                isTried ? Optional.of(delivery.nextAt()).map(Instant::toString) : Optional.empty(),
                delivery.lastAttemptAt()
                        .map(at -> new WebhookView.Failure(
                                at.toString(), delivery.lastFailure().orElse(""))));
    }
}
