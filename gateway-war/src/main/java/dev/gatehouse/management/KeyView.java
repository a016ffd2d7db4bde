package dev.gatehouse.management;

import java.time.Instant;
import java.util.Optional;

import dev.gatehouse.device.ApiKey;
import dev.gatehouse.device.ApiKeys;

/**
 * An API key as the API shows it.
 *
 * @param keyId names it
 * @param label what it was made for
 * @param scope what it is good for
 * @param createdAt when it was made
 * @param expiresAt when it ends by itself
 * @param key the key itself, in the answer to its making only
 */
record KeyView(
        String keyId, String label, String scope, String createdAt, Optional<String> expiresAt, Optional<String> key) {

    static KeyView of(ApiKey key) {
        return of(key, Optional.empty());
    }

    static KeyView of(ApiKeys.NewKey made) {
        return of(made.key(), Optional.of(made.secret().expose()));
    }

    private static KeyView of(ApiKey key, Optional<String> secret) {
        return new KeyView(
                key.id(),
                key.label(),
                key.scope().label(),
                key.createdAt().toString(),
                key.expiresAt().map(Instant::toString),
                secret);
    }
}
