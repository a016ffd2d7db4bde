package dev.gatehouse.management;

import java.util.Optional;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

import dev.gatehouse.console.ConsoleSession;
import dev.gatehouse.console.ConsoleSessions;
import dev.gatehouse.device.ApiKey;
import dev.gatehouse.device.ApiKeys;
import dev.gatehouse.spi.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Lets only calls with a good API key through, before anything is said about the path. The console's cookie stands for the
 * key that its operator signed in with, for calls of the gateway's own pages. Safe for concurrent use.
 */
@Provider
@PreMatching
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class ApiKeyFilter implements ContainerRequestFilter {

    private static final String SCHEME = "Bearer ";
    private static final String CHALLENGE = "Bearer realm=\"gatehouse\"";

    @Inject
    ApiKeys keys;

    @Inject
    ConsoleSessions consoleSessions;

    @Override
    public void filter(ContainerRequestContext request) {
        Optional<Secret> presented = bearer(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        Optional<Secret> cookie = Optional.ofNullable(request.getCookies().get(ConsoleSignIn.COOKIE))
                .map(Cookie::getValue)
                .map(Secret::of);
        if (presented.isEmpty() && cookie.isPresent()) {
            byCookie(request, cookie.get());
            return;
        }
        if (presented.isEmpty()) {
            refuse(request, "send an API key: 'Authorization: Bearer gk_...'");
            return;
        }
        Optional<ApiKey> key = presented.flatMap(keys::verify);
        if (key.isEmpty()) {
            refuse(request, "the API key is not one of this gateway; make a new one");
        }
    }

    /** Lets a call of the console through, whose cookie stands for the API key that it was signed in with. */
    private void byCookie(ContainerRequestContext request, Secret cookie) {
        Optional<ConsoleSession> session = consoleSessions.find(cookie);
        if (session.isEmpty()) {
            request.abortWith(Problem.signedOut().response().build());
            return;
        }
        BrowserCall.of(request.getMethod(), request::getHeaderString)
                .objection(session.get())
                .ifPresent(problem -> request.abortWith(problem.response().build()));
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
