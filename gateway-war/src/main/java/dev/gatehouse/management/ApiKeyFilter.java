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
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

import dev.gatehouse.console.ConsoleSessions;
import dev.gatehouse.device.ApiKeys;

/**
 * Lets only calls with a good API key through, before anything is said about the path. The console's cookie stands for the
 * key that its operator signed in with, for calls of the gateway's own pages. Safe for concurrent use.
 */
@Provider
@PreMatching
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class ApiKeyFilter implements ContainerRequestFilter {

    @Inject
    ApiKeys keys;

    @Inject
    ConsoleSessions consoleSessions;

    @Override
    public void filter(ContainerRequestContext request) {
        Optional<String> cookie = Optional.ofNullable(request.getCookies().get(ConsoleSignIn.COOKIE))
                .map(Cookie::getValue);
        Authentication.Outcome outcome = new Authentication(keys, consoleSessions)
                .examine(request.getMethod(), request::getHeaderString, cookie);
        if (outcome instanceof Authentication.Refused refused) {
            request.abortWith(answer(refused));
        }
        if (outcome instanceof Authentication.Good good) {
            request.setSecurityContext(
                    new Operator(good.key(), request.getSecurityContext().isSecure()));
        }
    }

    private static Response answer(Authentication.Refused refused) {
        Response.ResponseBuilder answer = refused.problem().response();
        return refused.isForWantOfAKey()
                ? answer.header(HttpHeaders.WWW_AUTHENTICATE, Authentication.CHALLENGE)
                        .build()
                : answer.build();
    }
}
