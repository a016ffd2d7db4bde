package dev.gatehouse.management;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

import dev.gatehouse.device.KeyScope;
import dev.gatehouse.journal.Journal;

/** Live sessions of this node. */
@Path("/sessions")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {

    private static final int LIMIT_MAX = 1000;

    @Context
    SecurityContext security;

    @Context
    HttpHeaders headers;

    @Inject
    SessionDesk desk;

    @Inject
    Journal journal;

    /** Who is there, the newest first, page by page. */
    @GET
    public Response list(
            @QueryParam("limit") @DefaultValue("1000") String limit,
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("deviceId") @DefaultValue("") String deviceId,
            @QueryParam("role") @DefaultValue("") String role) {
        Optional<SessionCursor> from = place(after);
        int max = Query.number("limit", limit, 1, LIMIT_MAX);
        List<SessionDesk.LiveSession> found = desk.sessions().stream()
                .filter(session -> deviceId.isEmpty() || session.deviceId().equals(Optional.of(deviceId)))
                .filter(session -> role.isEmpty() || session.role().equals(role))
                .filter(session -> from.isEmpty() || SessionCursor.of(session).compareTo(from.get()) > 0)
                .sorted(Comparator.comparing(SessionCursor::of))
                .limit(max + 1L)
                .toList();
        return Response.ok(Page.of(
                        found,
                        max,
                        SessionView::of,
                        last -> SessionCursor.of(last).text()))
                .build();
    }

    /** One session. */
    @GET
    @Path("/{id}")
    public Response get(@PathParam("id") String id) {
        return Conditional.shown(headers, SessionView.of(live(id)));
    }

    /** Ends a session with 4001 {@code session terminated}; its client may come back as long as it may connect. */
    @DELETE
    @Needs(KeyScope.MANAGE)
    @Path("/{id}")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public Response terminate(@PathParam("id") String id) {
        Record seen = SessionView.of(live(id)); // an id is never used again, and a session changes but in its scopes
        if (!Conditional.isExpected(headers, seen)) {
            throw new ProblemException(Problem.preconditionFailed());
        }
        if (!desk.terminate(id)) {
            throw unknown(id);
        }
        journal.note("session.terminated", Operator.of(security).actor(), Optional.empty(), Map.of("sessionId", id));
        return Response.noContent().build();
    }

    private SessionDesk.LiveSession live(String id) {
        return desk.sessions().stream()
                .filter(session -> session.id().equals(id))
                .findFirst()
                .orElseThrow(() -> unknown(id));
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(Problem.notFound(
                "SESSION_UNKNOWN", "there is no live session '" + id + "' here; GET /sessions lists them"));
    }

    private static Optional<SessionCursor> place(String after) {
        if (after.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(SessionCursor.parse(after)
                .orElseThrow(() ->
                        new ProblemException(Problem.invalidQuery("after must be the 'next' of the page before"))));
    }
}
