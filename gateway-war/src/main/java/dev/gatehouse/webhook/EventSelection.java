package dev.gatehouse.webhook;

import java.util.List;

/**
 * Which entries of the journal a webhook tells. Immutable.
 *
 * @param patterns types, or beginnings of types that end with {@code .*}
 */
record EventSelection(List<String> patterns) {

    /** Every type that the journal has. */
    static final List<String> KNOWN = List.of(
            "admission.admitted",
            "admission.failed",
            "admission.refused",
            "audit.gap",
            "ban.created",
            "ban.removed",
            "chain.failed",
            "chain.swapped",
            "device.imported",
            "device.key-changed",
            "device.relabelled",
            "device.removed",
            "gateway.started",
            "gateway.stopped",
            "invitation.created",
            "invitation.redeemed",
            "invitation.withdrawn",
            "key.created",
            "key.revoked",
            "node.approved",
            "node.rejected",
            "node.removed",
            "node.requested",
            "node.widened",
            "node.withdrawn",
            "pairing.approved",
            "pairing.expired",
            "pairing.rejected",
            "pairing.requested",
            "pairing.widened",
            "refusals.spike",
            "session.terminated",
            "token.renewed",
            "token.revoked",
            "token.rotated",
            "webhook.discarded",
            "webhook.retried",
            "webhook.started",
            "webhook.stopped",
            "webhook.tested");

    private static final String EVERY = "*";

    /**
     * Checks that each pattern means something.
     *
     * @throws IllegalArgumentException naming one that does not
     */
    EventSelection {
        patterns = List.copyOf(patterns);
        for (String pattern : patterns) {
            if (KNOWN.stream().noneMatch(type -> matches(pattern, type))) {
                throw new IllegalArgumentException("'" + pattern + "' is no event; write a type such as"
                        + " device.removed, or a family such as pairing.*; the types are "
                        + String.join(", ", KNOWN));
            }
        }
    }

    /** Whether an entry of this type is told. */
    boolean includes(String type) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, type));
    }

    private static boolean matches(String pattern, String type) {
        return pattern.endsWith("." + EVERY)
                ? type.startsWith(pattern.substring(0, pattern.length() - EVERY.length()))
                : type.equals(pattern);
    }
}
