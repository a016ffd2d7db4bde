package dev.gatehouse.management;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.gatehouse.console.ConsoleSessions;
import dev.gatehouse.device.ApiKeys;
import dev.gatehouse.spi.TemporarilyUnavailable;

/**
 * What happens, as it happens: {@code GET /api/v1/events}, as server-sent events. {@code Last-Event-ID} goes on where a
 * client was; {@code types} says what it wants to hear. A servlet, because JAX-RS implementations differ in what a slow client
 * holds up.
 */
public final class EventServlet extends HttpServlet {

    /** The path, within the context of the deployment. */
    public static final String PATH = "/api/v1/events";

    private static final long serialVersionUID = 1L;
    private static final int RETRY_SECONDS = 5;

    private final transient EventFeed feed;
    private final transient Authentication authentication;

    /** The events of a feed, for those who have a key, and for the console. */
    public EventServlet(EventFeed feed, ApiKeys keys, ConsoleSessions consoleSessions) {
        this.feed = feed;
        this.authentication = new Authentication(keys, consoleSessions);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            Authentication.Outcome outcome =
                    authentication.examine(request.getMethod(), request::getHeader, cookie(request));
            if (outcome instanceof Authentication.Refused refused) {
                if (refused.isForWantOfAKey()) {
                    response.setHeader("WWW-Authenticate", Authentication.CHALLENGE);
                }
                refuse(response, refused.problem());
                return;
            }
            EventTypes types = EventTypes.parse(
                    Optional.ofNullable(request.getParameter("types")).orElse(""));
            EventFeed.Place from = feed.place(heard(request));
            stream(request, response, from, types, ((Authentication.Good) outcome).isStillGood());
        } catch (ProblemException e) {
            refuse(response, e.problem());
        } catch (TemporarilyUnavailable e) {
            response.setIntHeader("Retry-After", RETRY_SECONDS);
            refuse(response, Problem.unavailable());
        }
    }

    private void stream(
            HttpServletRequest request,
            HttpServletResponse response,
            EventFeed.Place from,
            EventTypes types,
            BooleanSupplier mayListen)
            throws IOException {
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // nginx would hold events back
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(0);
        EventListener listener =
                new EventListener(feed, from, types, mayListen, response.getOutputStream(), async::complete);
        if (!feed.add(listener)) {
            response.setIntHeader("Retry-After", RETRY_SECONDS);
            refuse(response, Problem.of(503, "EVENTS_BUSY", "Too many listeners", "too many clients listen to events"));
            async.complete();
        }
    }

    private static Optional<String> cookie(HttpServletRequest request) {
        return Optional.ofNullable(request.getCookies()).stream()
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(ConsoleSignIn.COOKIE))
                .map(Cookie::getValue)
                .findFirst();
    }

    /** Where the client was; browsers say so by themselves when they come back. */
    private static Optional<Long> heard(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Last-Event-ID"))
                .or(() -> Optional.ofNullable(request.getParameter("after")))
                .filter(text -> !text.isBlank())
                .map(text -> Query.number("Last-Event-ID", text.strip(), 0, Long.MAX_VALUE - 1));
    }

    private static void refuse(HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        Json.write(problem, response.getOutputStream());
    }
}
