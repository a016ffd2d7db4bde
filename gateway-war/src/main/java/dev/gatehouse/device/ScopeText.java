package dev.gatehouse.device;

import java.util.List;

import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;

/**
 * The form in which scopes are stored: names joined by blanks.
 *
 * <p>A name with white space or control characters in it would come back as other names than were approved, so it is
 * never stored.
 */
final class ScopeText {

    private static final int LENGTH_MAX = 8_192;

    private ScopeText() {}

    static String join(Scopes scopes) {
        return String.join(" ", scopes.asList());
    }

    static Scopes split(String text) {
        return Scopes.of(List.of(text.split(" ", -1)));
    }

    /** The scopes of a client that can be stored, in the form kept for the role: normalised, or verbatim for a node. */
    static Scopes storable(Role role, Scopes scopes) {
        return kept(
                role,
                Scopes.of(scopes.asList().stream().filter(ScopeText::isName).toList()));
    }

    static Scopes kept(Role role, Scopes scopes) {
        return role == Role.OPERATOR ? scopes.normalised() : scopes;
    }

    static boolean isName(String scope) {
        return scope.codePoints()
                .noneMatch(character -> Character.isWhitespace(character) || Character.isISOControl(character));
    }

    static boolean fits(Scopes scopes) {
        return join(scopes).length() <= LENGTH_MAX;
    }
}
