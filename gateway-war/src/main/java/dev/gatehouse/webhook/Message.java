package dev.gatehouse.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One attempt of a message, signed (Standard Webhooks 1.0.0).
 *
 * @param url where it goes
 * @param allowed which addresses that may mean
 * @param id the same for each attempt
 * @param timestamp of this attempt, in seconds since 1970
 * @param signatures one for each secret, with blanks between them
 * @param body JSON in ASCII
 */
record Message(URI url, AllowedAddresses allowed, String id, long timestamp, String signatures, String body) {

    /** Signs a message; empty when the secret cannot be read. */
    static Optional<Message> of(WebhookSettings webhook, String id, Instant now, String body) {
        List<SigningKey> keys = webhook.keys();
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        long timestamp = now.getEpochSecond();
        String signatures =
                keys.stream().map(key -> key.sign(id, timestamp, body)).collect(Collectors.joining(" "));
        return Optional.of(new Message(webhook.uri(), webhook.allowedAddresses(), id, timestamp, signatures, body));
    }

    /**
     * What is posted: type and time as Standard Webhooks has them, and the entry as it is told everywhere.
     *
     * @param type a known one, so that there is nothing to escape
     * @param data one JSON object in ASCII
     */
    static String body(String type, Instant timestamp, String data) {
        return "{\"type\":\"" + type + "\",\"timestamp\":\"" + timestamp + "\",\"data\":" + data + "}";
    }
}
