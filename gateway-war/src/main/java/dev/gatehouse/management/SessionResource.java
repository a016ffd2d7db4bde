package dev.gatehouse.management;

import java.util.Optional;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Live sessions of this node. */
@Path("/sessions")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {

    private static final int LIMIT_MAX = 1000;

    @Inject
    SessionDesk desk;

    /** Who is there, the newest first, page by page. */
    @GET
    public Response list(
            @QueryParam("limit") @DefaultValue("1000") String limit,
            @QueryParam("after") @DefaultValue("") String after) {
        return Response.ok(SessionsPage.of(desk.sessions(), place(after), checked(limit)))
                .build();
    }

    /** Ends a session with 4001 {@code session terminated}; its client may come back as long as it may connect. */
    @DELETE
    @Path("/{id}")
    public Response terminate(@PathParam("id") String id) {
        if (!desk.terminate(id)) {
            throw new ProblemException(Problem.notFound(
                    "SESSION_UNKNOWN", "there is no live session '" + id + "' here; GET /sessions lists them"));
        }
        return Response.noContent().build();
    }

    private static Optional<SessionCursor> place(String after) {
        if (after.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(SessionCursor.parse(after)
                .orElseThrow(() ->
                        new ProblemException(Problem.invalidQuery("after must be the 'next' of the page before"))));
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
