package dev.gatehouse.device;

import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.Scopes;

/** The caller lacks the authority for what it asked; the message is the one that clients know (wire reference 8.2). */
public final class Denied extends RuntimeException {

    /** The kind of denial, by its name on the wire. */
    public enum Code {
        /** The caller lacks the scope that the call itself needs. */
        FORBIDDEN,
        /** The caller may make such calls, but not this one. */
        INVALID_REQUEST
    }

    private static final long serialVersionUID = 1L;

    private final Code code;
    private final String missingScope;
    private final List<String> requiredScopes;

    private Denied(Code code, String message, String missingScope, List<String> requiredScopes) {
        super(message);
        this.code = code;
        this.missingScope = missingScope;
        this.requiredScopes = List.copyOf(requiredScopes);
    }

    static Denied of(String message) {
        return new Denied(Code.INVALID_REQUEST, message, "", List.of());
    }

    static Denied callNeeds(String scope) {
        return new Denied(Code.FORBIDDEN, "missing scope: " + scope, scope, List.of(scope));
    }

    /** The call needs several scopes, of which the caller lacks one. */
    static Denied approvalNeeds(String missing, Scopes required) {
        return new Denied(Code.FORBIDDEN, "missing scope: " + missing, missing, required.asList());
    }

    static Denied grantNeeds(String scope) {
        return new Denied(Code.INVALID_REQUEST, "missing scope: " + scope, scope, List.of(scope));
    }

    /**
     * The error code on the wire.
     *
     * @return the code
     */
    public Code code() {
        return code;
    }

    /**
     * The scope without which the caller was denied.
     *
     * @return the scope, or empty when none would have helped
     */
    public Optional<String> missingScope() {
        return Optional.of(missingScope).filter(scope -> !scope.isEmpty());
    }

    /**
     * Every scope that what was asked for needs.
     *
     * @return the scopes, or none when none would have helped
     */
    public List<String> requiredScopes() {
        return requiredScopes;
    }
}
