package dev.gatehouse.management;

import java.util.Optional;
import java.util.Set;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;

import dev.gatehouse.device.KeyScope;

/** Lets only calls through that the API key of the caller is good for. Safe for concurrent use. */
@Provider
@ApplicationScoped
@Priority(Priorities.AUTHORIZATION)
public class KeyScopeFilter implements ContainerRequestFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    @Context
    ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        KeyScope needed = needed(request.getMethod());
        KeyScope held = Operator.keyOf(request.getSecurityContext()).scope();
        if (!held.covers(needed)) {
            request.abortWith(Problem.keyScope(held, needed).response().build());
        }
    }

    private KeyScope needed(String method) {
        return Optional.ofNullable(resource.getResourceMethod())
                .map(called -> called.getAnnotation(Needs.class))
                .map(Needs::value)
                .orElseGet(() -> READING.contains(method) ? KeyScope.READ : KeyScope.ADMIN);
    }
}
