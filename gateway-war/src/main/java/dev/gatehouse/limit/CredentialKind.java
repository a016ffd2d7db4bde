package dev.gatehouse.limit;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.gatehouse.spi.Credentials;

/** What a client can guess at; each is counted for itself (wire reference 10). */
enum CredentialKind {
    SHARED_SECRET,
    DEVICE_TOKEN,
    INVITATION;

    /** What a connect frame lets the chain compare. */
    static Set<CredentialKind> presented(Credentials credentials) {
        Set<CredentialKind> kinds = EnumSet.noneOf(CredentialKind.class);
        if (credentials.token().isPresent() || credentials.password().isPresent()) {
            kinds.add(SHARED_SECRET);
        }
        if (credentials.deviceToken().isPresent()) {
            kinds.add(DEVICE_TOKEN);
        }
        if (credentials.bootstrapToken().isPresent()) {
            kinds.add(INVITATION);
        }
        return kinds;
    }

    /** What was wrong, by the codes of what checks objected to; empty when none says anything about a secret. */
    static Optional<CredentialKind> foundWrong(List<String> codes) {
        return codes.stream().flatMap(code -> foundWrong(code).stream()).findFirst();
    }

    private static Optional<CredentialKind> foundWrong(String code) {
        return switch (code) {
            case "AUTH_TOKEN_MISMATCH", "AUTH_PASSWORD_MISMATCH" -> Optional.of(SHARED_SECRET);
            case "AUTH_DEVICE_TOKEN_MISMATCH" -> Optional.of(DEVICE_TOKEN);
            case "AUTH_BOOTSTRAP_TOKEN_INVALID" -> Optional.of(INVITATION);
            default -> Optional.empty();
        };
    }
}
