package dev.gatehouse.checks.token;

import java.util.Optional;
import java.util.Set;

import dev.gatehouse.spi.Secret;

/**
 * The secret that clients must know. Read anew for every connection, so that a rotated one is in force at once.
 *
 * @param source where it is kept
 */
record GatewaySecret(Secret.Source source) {

    /** What hides a secret in a dump of a config, and becomes the secret when somebody loads that dump. */
    private static final Set<String> REDACTION_SENTINELS =
            Set.of("__OPENCLAW_REDACTED__", "[REDACTED]", "***", "<redacted>");

    /** What examples publish, and what a template leaves behind for a variable that is not set. */
    private static final Set<String> PLACEHOLDERS = Set.of(
            "change-me-to-a-long-random-token", "change-me-now", "change-me-to-a-strong-password", "undefined", "null");

    /** What was found where the secret is kept. */
    sealed interface Reading {

        /** A secret that may be compared with. */
        record Usable(Secret secret) implements Reading {}

        /** Nothing, or what everybody knows. */
        record NotConfigured() implements Reading {}

        /** The mark that stands for a secret in a dump. */
        record Redacted() implements Reading {}
    }

    Reading read() {
        Optional<Secret> secret = source.read();
        if (secret.filter(GatewaySecret::isRedacted).isPresent()) {
            return new Reading.Redacted();
        }
        return secret.filter(found -> !found.isBlank() && !isPlaceholder(found))
                .<Reading>map(Reading.Usable::new)
                .orElseGet(Reading.NotConfigured::new);
    }

    /** Why the gateway must not start with what is there now; empty when it may. */
    Optional<String> problem() {
        Reading reading = read();
        if (reading instanceof Reading.Redacted) {
            return Optional.of("holds the mark of a redacted dump; put the secret itself in there");
        }
        if (reading instanceof Reading.NotConfigured) {
            return Optional.of(
                    "cannot be read, is blank, or is a published placeholder; put a long random text in there,"
                            + " such as the output of 'openssl rand -base64 32'");
        }
        return Optional.empty();
    }

    private static boolean isRedacted(Secret secret) {
        return REDACTION_SENTINELS.contains(secret.expose().trim());
    }

    private static boolean isPlaceholder(Secret secret) {
        return PLACEHOLDERS.contains(secret.expose().trim());
    }
}
