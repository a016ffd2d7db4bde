package dev.gatehouse.management;

import java.lang.reflect.Method;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

import org.jspecify.annotations.Nullable;

/**
 * What every answer says to caches: nothing here is to be stored, because it shows who may come in, and some answers hold
 * secrets; and on which header of the call it depends. Safe for concurrent use.
 */
@Provider
@ApplicationScoped
public class AnswerHeaders implements ContainerResponseFilter {

    @Context
    ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext answer) {
        answer.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        if (hasSeveralForms(resource.getResourceMethod())) {
            answer.getHeaders().putSingle(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        }
    }

    private static boolean hasSeveralForms(@Nullable Method called) {
        return Optional.ofNullable(called)
                .map(method -> method.getAnnotation(Produces.class))
                .filter(forms -> forms.value().length > 1)
                .isPresent();
    }
}
