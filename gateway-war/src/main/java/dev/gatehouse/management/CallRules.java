package dev.gatehouse.management;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;

import org.jspecify.annotations.Nullable;

/**
 * Refuses calls that cannot mean what their caller thinks: parameters that the call does not have or that are given twice,
 * bodies of another type than JSON or over the bound. Safe for concurrent use.
 */
@Provider
@ApplicationScoped
@Priority(Priorities.USER)
public class CallRules implements ContainerRequestFilter {

    private static final String NUL = "\0"; // which PostgreSQL keeps in no text

    private static final int DRAINED_MAX = 8 * Json.BODY_MAX;

    @Context
    ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        objection(request)
                .ifPresent(problem -> request.abortWith(problem.response().build()));
    }

    private Optional<Problem> objection(ContainerRequestContext request) throws IOException {
        return Stream.of(query(request.getUriInfo()), path(request.getUriInfo()), body(request))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Problem> query(UriInfo uri) {
        Set<String> known = parameters(resource.getResourceMethod());
        for (Map.Entry<String, List<String>> given : uri.getQueryParameters().entrySet()) {
            if (!known.contains(given.getKey())) {
                return Optional.of(Problem.invalidQuery("there is no parameter '" + given.getKey() + "' here; "
                        + (known.isEmpty() ? "there is none" : "there are " + String.join(", ", known))));
            }
            if (given.getValue().size() > 1) {
                return Optional.of(Problem.invalidQuery(given.getKey() + " is given twice"));
            }
            if (given.getValue().get(0).contains(NUL)) {
                return Optional.of(Problem.invalidQuery(given.getKey() + " has a NUL character in it"));
            }
        }
        return Optional.empty();
    }

    private static Optional<Problem> path(UriInfo uri) {
        return uri.getPath().contains(NUL)
                ? Optional.of(Problem.invalidQuery("the path has a NUL character in it"))
                : Optional.empty();
    }

    /** A body without a type is taken for JSON; the reader refuses it when it is none. */
    private static Optional<Problem> body(ContainerRequestContext request) throws IOException {
        if (request.getLength() > Json.BODY_MAX) {
            // Some clients that are still sending see no answer when the server closes on them.
            long unused = request.getEntityStream().readNBytes(DRAINED_MAX).length;
            return Optional.of(Problem.bodyTooLarge(Json.BODY_MAX));
        }
        MediaType type = request.getMediaType();
        return request.hasEntity() && type != null && !MediaType.APPLICATION_JSON_TYPE.isCompatible(type)
                ? Optional.of(Problem.wrongMediaType())
                : Optional.empty();
    }

    /** The parameters of a call; none for what the server answers by itself. */
    static Set<String> parameters(@Nullable Method called) {
        return Optional.ofNullable(called)
                .map(method -> Arrays.stream(method.getParameters())
                        .flatMap(parameter -> Stream.ofNullable(parameter.getAnnotation(QueryParam.class)))
                        .map(QueryParam::value)
                        .collect(Collectors.toCollection(TreeSet::new)))
                .orElseGet(TreeSet::new);
    }
}
