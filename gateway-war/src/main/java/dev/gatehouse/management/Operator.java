package dev.gatehouse.management;

import java.security.Principal;

import jakarta.ws.rs.core.SecurityContext;

import dev.gatehouse.device.ApiKey;
import dev.gatehouse.device.Authority;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a call, as JAX-RS hands it around.
 *
 * @param key the API key that was presented
 * @param isSecure whether the call came by TLS
 */
record Operator(ApiKey key, boolean isSecure) implements SecurityContext {

    /** What the caller may do with devices, as far as its key is good for the call. */
    static Authority of(SecurityContext security) {
        return Authority.ofKey(keyOf(security));
    }

    /** The key that a call is made with. */
    static ApiKey keyOf(SecurityContext security) {
        if (security.getUserPrincipal() instanceof KeyPrincipal principal) {
            return principal.key();
        }
        throw new IllegalStateException("a call without an API key came past the filter");
    }

    @Override
    public Principal getUserPrincipal() {
        return new KeyPrincipal(key);
    }

    @Override
    public boolean isUserInRole(@Nullable String role) {
        return false;
    }

    @Override
    public boolean isSecure() {
        return isSecure;
    }

    @Override
    public String getAuthenticationScheme() {
        return "BEARER";
    }

    private record KeyPrincipal(ApiKey key) implements Principal {

        @Override
        public String getName() {
            return key.id();
        }
    }
}
