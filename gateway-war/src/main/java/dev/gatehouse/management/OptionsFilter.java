package dev.gatehouse.management;

import java.util.List;
import java.util.Set;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/**
 * Answers {@code OPTIONS} alike on every server, with the methods of the path; left to themselves, some describe the whole
 * API in a form of their own. Safe for concurrent use.
 */
@Provider
@PreMatching
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION + 1)
public class OptionsFilter implements ContainerRequestFilter {

    private final List<Route> routes = Route.of(ManagementApplication.CLASSES);

    @Override
    public void filter(ContainerRequestContext request) {
        if (!request.getMethod().equals(HttpMethod.OPTIONS)) {
            return;
        }
        Set<String> allowed = Route.allowed(routes, request.getUriInfo().getPath());
        if (!allowed.isEmpty()) {
            request.abortWith(Response.noContent()
                    .header(HttpHeaders.ALLOW, String.join(", ", allowed))
                    .build());
        }
    }
}
