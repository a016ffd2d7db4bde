package dev.gatehouse.management;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;

import dev.gatehouse.device.KeyScope;

/**
 * One operation of the API as the code has it.
 *
 * @param where class and method
 * @param method the HTTP method
 * @param path with its parameters in braces
 * @param scope what an API key must be good for
 * @param query its query parameters, each with its default or ""
 * @param takesBody whether it reads a body
 */
record CodeOperation(
        String where, String method, String path, String scope, Map<String, String> query, boolean takesBody) {

    /** Every operation of the resources of the application. */
    static List<CodeOperation> all() {
        return new ManagementApplication()
                .getClasses().stream()
                        .filter(type -> type.isAnnotationPresent(Path.class))
                        .flatMap(CodeOperation::of)
                        .toList();
    }

    private static Stream<CodeOperation> of(Class<?> resource) {
        return Arrays.stream(resource.getDeclaredMethods())
                .flatMap(method -> httpMethod(method).map(http -> of(resource, method, http)).stream());
    }

    private static CodeOperation of(Class<?> resource, Method method, String http) {
        Map<String, String> query = new TreeMap<>();
        boolean takesBody = false;
        for (Parameter parameter : method.getParameters()) {
            QueryParam asQuery = parameter.getAnnotation(QueryParam.class);
            if (asQuery != null) {
                DefaultValue fallback = parameter.getAnnotation(DefaultValue.class);
                query.put(asQuery.value(), fallback == null ? "" : fallback.value());
            }
            takesBody |= isBody(parameter);
        }
        return new CodeOperation(
                resource.getSimpleName() + "." + method.getName(),
                http,
                path(resource) + path(method),
                scope(method, http),
                query,
                takesBody);
    }

    private static Optional<String> httpMethod(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .flatMap(type -> Optional.ofNullable(type.getAnnotation(HttpMethod.class)).stream())
                .map(HttpMethod::value)
                .findFirst();
    }

    private static boolean isBody(Parameter parameter) {
        return Stream.of(QueryParam.class, HeaderParam.class, PathParam.class, Context.class)
                .noneMatch(parameter::isAnnotationPresent);
    }

    private static String scope(Method method, String http) {
        Needs needs = method.getAnnotation(Needs.class);
        KeyScope scope = needs != null ? needs.value() : http.equals("GET") ? KeyScope.READ : KeyScope.ADMIN;
        return scope.label();
    }

    private static String path(AnnotatedElement element) {
        Path path = element.getAnnotation(Path.class);
        if (path == null || path.value().equals("/")) {
            return "";
        }
        return path.value().startsWith("/") ? path.value() : "/" + path.value();
    }

    @Override
    public String toString() {
        return method + " " + path + " of " + where;
    }
}
