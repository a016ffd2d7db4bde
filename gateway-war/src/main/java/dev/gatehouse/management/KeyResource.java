package dev.gatehouse.management;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;

import dev.gatehouse.device.ApiKey;
import dev.gatehouse.device.ApiKeys;
import dev.gatehouse.device.Authority;
import dev.gatehouse.device.KeyScope;
import org.jspecify.annotations.Nullable;

/** The keys of this API. */
@Path("/keys")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class KeyResource {

    @Context
    SecurityContext security;

    @Context
    HttpHeaders headers;

    @Inject
    ApiKeys keys;

    /** Every key that was not ended, without the key itself. */
    @GET
    @Needs(KeyScope.ADMIN)
    public Response list() {
        return Response.ok(new Items<>(keys.list().stream().map(KeyView::of).toList()))
                .build();
    }

    /** One key, without the key itself. */
    @GET
    @Needs(KeyScope.ADMIN)
    @Path("/{id}")
    public Response get(@PathParam("id") String id) {
        return keys.list().stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .map(key -> Conditional.shown(headers, KeyView.of(key)))
                .orElseThrow(() -> unknown(id));
    }

    /** Makes a key; the answer is the only place where it can be read. */
    @POST
    @Needs(KeyScope.ADMIN)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(@Nullable KeyBody body, @Context UriInfo uri) {
        if (body == null) { // some servers do not ask a reader about no content
            throw new ProblemException(Problem.malformedBody("no content"));
        }
        ApiKeys.NewKey made =
                keys.create(Operator.of(security).actor(), body.requiredLabel(), body.requiredScope(), body.life());
        return Response.created(
                        uri.getAbsolutePathBuilder().path(made.key().id()).build())
                .header(HttpHeaders.ETAG, Tag.of(KeyView.of(made.key())).text())
                .entity(KeyView.of(made))
                .build();
    }

    /** Ends a key for good; the one that makes the call, too. */
    @DELETE
    @Needs(KeyScope.ADMIN)
    @Path("/{id}")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public Response revoke(@PathParam("id") String id) {
        Authority authority = Conditional.authority(security, headers, ApiKey.class, KeyView::of);
        if (keys.revoke(authority, id).isEmpty()) {
            throw unknown(id);
        }
        return Response.noContent().build();
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(Problem.notFound("KEY_UNKNOWN", "there is no API key '" + id + "'"));
    }
}
