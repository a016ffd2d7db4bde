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

import dev.gatehouse.ban.Ban;
import dev.gatehouse.ban.BanRefused;
import dev.gatehouse.ban.Bans;
import dev.gatehouse.device.KeyScope;
import org.jspecify.annotations.Nullable;

/** Who is shut out from the gateway's socket; this API is not, whoever is banned. */
@Path("/bans")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class BanResource {

    @Context
    SecurityContext security;

    @Context
    HttpHeaders headers;

    @Context
    UriInfo uri;

    @Inject
    Bans bans;

    /** Every ban that is in force, the oldest first. */
    @GET
    @Needs(KeyScope.READ)
    public Response list() {
        return Response.ok(new Items<>(bans.list().stream().map(BanView::of).toList()))
                .build();
    }

    /** One ban that is in force. */
    @GET
    @Needs(KeyScope.READ)
    @Path("/{id}")
    public Response get(@PathParam("id") String id) {
        return Conditional.shown(headers, view(id));
    }

    /** Shuts somebody out, and ends their sessions. */
    @POST
    @Needs(KeyScope.MANAGE)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(@Nullable BanBody body) {
        if (body == null) { // some servers do not ask a reader about no content
            throw new ProblemException(Problem.malformedBody("no content"));
        }
        Ban made = ban(body);
        return Response.created(uri.getAbsolutePathBuilder().path(made.id()).build())
                .header(HttpHeaders.ETAG, Tag.of(BanView.of(made)).text())
                .entity(BanView.of(made))
                .build();
    }

    /** Lifts a ban. */
    @DELETE
    @Needs(KeyScope.MANAGE)
    @Path("/{id}")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public Response lift(@PathParam("id") String id) {
        if (!Conditional.isExpected(headers, view(id))) { // a ban never changes, so nothing can come between
            throw new ProblemException(Problem.preconditionFailed());
        }
        if (bans.lift(Operator.of(security).actor(), id).isEmpty()) {
            throw unknown(id);
        }
        return Response.noContent().build();
    }

    private BanView view(String id) {
        return bans.list().stream()
                .filter(ban -> ban.id().equals(id))
                .findFirst()
                .map(BanView::of)
                .orElseThrow(() -> unknown(id));
    }

    private Ban ban(BanBody body) {
        try {
            return bans.ban(Operator.of(security).actor(), body.target(), body.requiredReason(), body.life());
        } catch (BanRefused e) {
            String detail = String.valueOf(e.getMessage());
            throw new ProblemException(
                    switch (e.why()) {
                        case ALREADY_BANNED -> Problem.of(409, "BAN_EXISTS", "Already banned", detail);
                        case TOO_MANY -> Problem.of(409, "TOO_MANY_BANS", "Too many bans", detail);
                        case COVERS_A_PROXY -> Problem.unprocessable("BAN_COVERS_A_PROXY", detail);
                    },
                    e);
        }
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(Problem.notFound("BAN_UNKNOWN", "there is no ban '" + id + "' in force"));
    }
}
