package dev.gatehouse.management;

import java.util.Optional;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import dev.gatehouse.refusal.Fixes;
import dev.gatehouse.refusal.RefusalCursor;
import dev.gatehouse.refusal.RefusalFilter;
import dev.gatehouse.refusal.Refusals;
import dev.gatehouse.refusal.Surroundings;

/** Connections that were not admitted lately: why, and what would let each in. */
@Path("/refusals")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class RefusalResource {

    private static final int LIMIT_MAX = 1000;

    @Inject
    Refusals refusals;

    @Inject
    Surroundings surroundings;

    /** Refusals, the one that was told last first, page by page. */
    @GET
    public Response list(
            @QueryParam("limit") @DefaultValue("100") String limit,
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("code") @DefaultValue("") String code,
            @QueryParam("deviceId") @DefaultValue("") String deviceId) {
        RefusalCursor from = after.isEmpty()
                ? RefusalCursor.START
                : RefusalCursor.parse(after)
                        .orElseThrow(() -> new ProblemException(
                                Problem.invalidQuery("after must be the 'next' of the page before")));
        RefusalFilter filter = new RefusalFilter(given(code), given(deviceId));
        int max = checked(limit);
        return Response.ok(Page.of(
                        refusals.list(filter, from, max + 1),
                        max,
                        RefusalLine::of,
                        last -> RefusalCursor.after(last).text()))
                .build();
    }

    /** One refusal, by the id that its client was told, and what would let that client in. */
    @GET
    @Path("/{id}")
    public Response get(@PathParam("id") String id, @Context UriInfo uri) {
        Fixes fixes = new Fixes(surroundings, gateway(uri));
        return refusals.find(id)
                .map(refusal -> Response.ok(RefusalView.of(refusal, fixes)).build())
                .orElseThrow(() -> new ProblemException(Problem.notFound(
                        "REFUSAL_UNKNOWN",
                        "no refusal '" + id + "' is kept any more; refusals.keep and refusals.max say for how long")));
    }

    /** Where whoever asks reaches the gateway, wherever that is deployed. */
    private static String gateway(UriInfo uri) {
        return uri.getAbsolutePath().toString().replaceFirst("/api/v1/refusals/[^/]*$", "");
    }

    private static Optional<String> given(String parameter) {
        return Optional.of(parameter).filter(text -> !text.isEmpty());
    }

    private static int checked(String limit) {
        try {
            int number = Integer.parseInt(limit);
            if (number >= 1 && number <= LIMIT_MAX) {
                return number;
            }
        } catch (NumberFormatException e) { // said below
        }
        throw new ProblemException(Problem.invalidQuery("limit must be 1 to " + LIMIT_MAX));
    }
}
