package dev.gatehouse.device;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;

/**
 * What another gateway approved for one role of a device, with the token that proves it.
 *
 * @param role the role
 * @param scopes what was approved, each of the role's own kind
 * @param tokenScopes what the token carries; what exceeds the approved scopes counts for nothing
 * @param tokenHash the token as {@link #hashOf} makes it, or empty when the device must be given a new one
 * @param tokenIssuedAt when the token was issued, or empty without one
 * @param tokenLastUsedAt when the token was last presented
 */
public record ImportedGrant(
        Role role,
        Scopes scopes,
        Scopes tokenScopes,
        Optional<String> tokenHash,
        Optional<Instant> tokenIssuedAt,
        Optional<Instant> tokenLastUsedAt) {

    private static final Pattern HASH = Pattern.compile("sha256:[A-Za-z0-9_-]{43}");

    /**
     * Checks what would be written.
     *
     * @throws IllegalArgumentException when a scope cannot be kept for the role, or the hash is none
     */
    public ImportedGrant {
        for (String scope : scopes.asList()) {
            if (!scope.startsWith(role.wireName() + ".") || !ScopeText.isName(scope)) {
                throw new IllegalArgumentException(
                        "scope '" + scope + "' is none that role '" + role.wireName() + "' can have");
            }
        }
        if (!ScopeText.fits(ScopeText.kept(role, scopes))) {
            throw new IllegalArgumentException("role '" + role.wireName() + "' has more scopes than can be kept");
        }
        if (tokenHash.filter(hash -> !HASH.matcher(hash).matches()).isPresent()) {
            throw new IllegalArgumentException("the token of role '" + role.wireName() + "' is not a hash");
        }
    }

    /**
     * The form in which a device token is kept.
     *
     * @param token the token in plain
     * @return its hash, from which nobody gets the token back
     */
    public static String hashOf(Secret token) {
        return SecretHash.of(token).text();
    }
}
