package dev.gatehouse.webhook;

import java.time.Instant;
import java.util.Optional;

/**
 * How a webhook is doing, on every node.
 *
 * @param name which one
 * @param fingerprint of the settings that it was last used with
 * @param sequence the number of the last entry of the journal that was looked at
 * @param isStopped whether its receiver wants no more messages
 * @param failures how many attempts failed in a row
 * @param resumesAt until when it is left alone, in epoch milliseconds
 * @param lastSuccessAt when its receiver last took a message; exact to a second
 * @param lastFailureAt when an attempt last failed
 * @param lastFailure why
 * @param removedAt since when it is not in the config
 */
record WebhookRow(
        String name,
        String fingerprint,
        long sequence,
        boolean isStopped,
        int failures,
        long resumesAt,
        Optional<Instant> lastSuccessAt,
        Optional<Instant> lastFailureAt,
        Optional<String> lastFailure,
        Optional<Instant> removedAt) {

    /** Whether nothing is sent now. */
    boolean isLeftAlone(long now) {
        return isStopped || resumesAt > now;
    }

    boolean isFailing() {
        return failures > 0;
    }
}
