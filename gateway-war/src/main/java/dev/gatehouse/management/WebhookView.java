package dev.gatehouse.management;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.webhook.WebhookReport;

/**
 * A webhook as the API shows it.
 *
 * @param name names it
 * @param url where messages go, without the query
 * @param events which events it tells
 * @param state {@code ok}, {@code failing} or {@code stopped}
 * @param sequence the number of the last entry of the audit that it has looked at
 * @param pending how many messages are still tried
 * @param dead how many were given up and are kept
 * @param lastSuccessAt when a message last arrived
 * @param lastFailure the last attempt that failed
 * @param nextAttemptAt when it is tried next, if something waits
 */
record WebhookView(
        String name,
        String url,
        List<String> events,
        String state,
        long sequence,
        int pending,
        int dead,
        Optional<String> lastSuccessAt,
        Optional<Failure> lastFailure,
        Optional<String> nextAttemptAt) {

    /**
     * An attempt that failed.
     *
     * @param at when
     * @param reason why
     */
    record Failure(String at, String reason) {}

    static WebhookView of(WebhookReport report) {
        return new WebhookView(
                report.name(),
                report.url(),
                report.events(),
                report.state().label(),
                report.sequence(),
                report.pending(),
                report.dead(),
                report.lastSuccessAt().map(Instant::toString),
                report.lastFailureAt()
                        .map(at ->
                                new Failure(at.toString(), report.lastFailure().orElse(""))),
                report.nextAttemptAt().map(Instant::toString));
    }
}
