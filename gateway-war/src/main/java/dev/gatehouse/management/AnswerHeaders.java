package dev.gatehouse.management;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

import org.jspecify.annotations.Nullable;

/**
 * What every answer says to caches: nothing here is to be stored, because it shows who may come in, and some answers hold
 * secrets; on which header of the call it depends; and after a wrong method, which ones there are. Safe for concurrent use.
 */
@Provider
@ApplicationScoped
public class AnswerHeaders implements ContainerResponseFilter {

    private final List<Route> routes = Route.of(ManagementApplication.CLASSES);

    @Context
    ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext answer) {
        answer.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        Set<String> allowed = allowed(request, answer);
        if (!allowed.isEmpty()) {
            answer.getHeaders().putSingle(HttpHeaders.ALLOW, String.join(", ", allowed));
        }
        if (hasSeveralForms(resource.getResourceMethod())) {
            answer.getHeaders().putSingle(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        }
    }

    /** Some servers leave out {@code HEAD}, or the calls of another resource below the same path. */
    private Set<String> allowed(ContainerRequestContext request, ContainerResponseContext answer) {
        return answer.getStatus() == Response.Status.METHOD_NOT_ALLOWED.getStatusCode()
                ? Route.allowed(routes, request.getUriInfo().getPath())
                : Set.of();
    }

    private static boolean hasSeveralForms(@Nullable Method called) {
        return Optional.ofNullable(called)
                .map(method -> method.getAnnotation(Produces.class))
                .filter(forms -> forms.value().length > 1)
                .isPresent();
    }
}
