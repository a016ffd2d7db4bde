package dev.gatehouse.management;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;

import org.jspecify.annotations.Nullable;

/**
 * One call of the API, as its annotations declare it.
 *
 * @param method the HTTP method
 * @param path the path below the API, with its variables in braces
 * @param call the method that answers
 */
record Route(String method, String path, Method call) {

    /** Every call of these classes; those that are no resources have none. */
    static List<Route> of(Collection<Class<?>> classes) {
        List<Route> routes = new ArrayList<>();
        for (Class<?> resource : classes) {
            Optional<String> root = path(resource.getAnnotation(Path.class));
            if (root.isPresent()) {
                Arrays.stream(resource.getMethods())
                        .forEach(call -> method(call)
                                .ifPresent(method -> routes.add(new Route(
                                        method,
                                        root.get()
                                                + path(call.getAnnotation(Path.class))
                                                        .orElse(""),
                                        call))));
            }
        }
        return List.copyOf(routes);
    }

    /** The methods that a path may be called with, in alphabetical order; none when there is no such path. */
    static Set<String> allowed(Collection<Route> routes, String path) {
        Set<String> allowed = new TreeSet<>();
        routes.stream().filter(route -> route.fits(path)).forEach(route -> allowed.add(route.method));
        if (allowed.contains(HttpMethod.GET)) {
            allowed.add(HttpMethod.HEAD);
        }
        if (!allowed.isEmpty()) {
            allowed.add(HttpMethod.OPTIONS);
        }
        return allowed;
    }

    private boolean fits(String actual) {
        return Pattern.matches(path.replaceAll("\\{[^}]*}", "[^/]+"), withSlash(actual));
    }

    private static Optional<String> method(Method call) {
        return Arrays.stream(call.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .flatMap(method -> Optional.ofNullable(method).stream())
                .map(HttpMethod::value)
                .findFirst();
    }

    private static Optional<String> path(@Nullable Path annotation) {
        return Optional.ofNullable(annotation).map(Path::value).map(Route::withSlash);
    }

    private static String withSlash(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }
}
