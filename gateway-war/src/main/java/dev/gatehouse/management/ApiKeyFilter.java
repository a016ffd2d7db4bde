package dev.gatehouse.management;

import java.util.Optional;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

import dev.gatehouse.device.ApiKey;
import dev.gatehouse.device.ApiKeys;
import dev.gatehouse.spi.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Lets only calls with a good API key through, before anything is said about the path. Safe for concurrent use.
 */
@Provider
@PreMatching
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class ApiKeyFilter implements ContainerRequestFilter {

    private static final String SCHEME = "Bearer ";
    static final String CHALLENGE = "Bearer realm=\"gatehouse\"";

    @Inject
    ApiKeys keys;

    @Override
    public void filter(ContainerRequestContext request) {
        Optional<Secret> presented = bearer(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        if (presented.isEmpty()) {
            refuse(request, "send an API key: 'Authorization: Bearer gk_...'");
            return;
        }
        Optional<ApiKey> key = presented.flatMap(keys::verify);
        if (key.isEmpty()) {
            refuse(request, "the API key is not one of this gateway; make a new one");
        }
    }

    /** The API key in an {@code Authorization} header. */
    static Optional<Secret> bearer(@Nullable String authorization) {
        return Optional.ofNullable(authorization)
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> Secret.of(header.substring(SCHEME.length()).strip()));
    }

    private static void refuse(ContainerRequestContext request, String detail) {
        request.abortWith(Problem.unauthorized(detail)
                .response()
                .header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE)
                .build());
    }
}
