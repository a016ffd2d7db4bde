package dev.gatehouse.management;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.gatehouse.console.ConsoleSession;
import dev.gatehouse.console.ConsoleSessions;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.TemporarilyUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs operators' browsers in and out: an API key is given once, for a cookie that the page cannot read.
 *
 * <p>{@code POST} with the key as Bearer token signs in, {@code GET} tells a page that was loaded anew who is signed in and
 * the CSRF token, {@code DELETE} signs out. Wrong keys are counted for each address. Safe for concurrent use.
 */
public final class ConsoleSignIn extends HttpServlet {

    /** The path, within the context of the deployment. */
    public static final String PATH = "/console/session";

    /** The name of the cookie; nothing else of the gateway looks at cookies. */
    static final String COOKIE = "gatehouse_console";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleSignIn.class);

    private final transient ConsoleSessions sessions;
    private final transient Function<HttpServletRequest, InetAddress> clients;
    private final transient GuessLimit limit;

    /**
     * The servlet of a gateway.
     *
     * @param clients tells the address that whoever sent a request counts as
     */
    public ConsoleSignIn(ConsoleSessions sessions, Function<HttpServletRequest, InetAddress> clients, Clock clock) {
        this.sessions = sessions;
        this.clients = clients;
        this.limit = new GuessLimit(clock);
    }

    /** Who is signed in, and what changes must carry. */
    record SessionView(String keyId, String label, String endsAt, String csrf) {

        static SessionView of(ConsoleSession session) {
            return new SessionView(
                    session.key().id(),
                    session.key().label(),
                    CheckView.written(session.endsAt()),
                    session.csrfToken().expose());
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(response, () -> signIn(request, response));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(response, () -> {
            Optional<ConsoleSession> session = cookie(request).flatMap(sessions::find);
            if (session.isEmpty()) {
                refuse(response, Problem.signedOut());
                return;
            }
            Optional<Problem> objection = call(request).objection(session.get());
            if (objection.isPresent()) {
                refuse(response, objection.get());
                return;
            }
            write(response, HttpServletResponse.SC_OK, SessionView.of(session.get()));
        });
    }

    /** A session that has ended already leaves a cookie behind, which is taken away as well. */
    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(response, () -> {
            Optional<ConsoleSession> session = cookie(request).flatMap(sessions::find);
            Optional<Problem> objection = session.flatMap(call(request)::objection);
            if (objection.isPresent()) {
                refuse(response, objection.get());
                return;
            }
            session.map(ConsoleSession::cookie).ifPresent(sessions::end);
            response.setHeader("Set-Cookie", cookie(request, "") + "; Max-Age=0");
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        });
    }

    private void signIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!call(request).isFromTheGateway()) {
            refuse(response, Problem.crossSite());
            return;
        }
        String address = clients.apply(request).getHostAddress();
        if (limit.isReached(address)) {
            response.setHeader("Retry-After", Long.toString(GuessLimit.retrySeconds()));
            refuse(response, Problem.tooManyGuesses(GuessLimit.retrySeconds()));
            return;
        }
        Optional<ConsoleSession> session =
                Authentication.bearer(request.getHeader("Authorization")).flatMap(sessions::open);
        if (session.isEmpty()) {
            limit.failed(address);
            refuse(response, Problem.unauthorized("the API key is not one of this gateway; make a new one"));
            return;
        }
        cookie(request).ifPresent(sessions::end); // of the operator before
        LOG.info("console: signed in with API key '{}'", session.get().key().id());
        response.setHeader("Set-Cookie", cookie(request, session.get().cookie().expose()));
        write(response, HttpServletResponse.SC_CREATED, SessionView.of(session.get()));
    }

    private static void answer(HttpServletResponse response, Work work) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        try {
            work.run();
        } catch (TemporarilyUnavailable e) {
            LOG.warn("the console found the database unavailable", e);
            refuse(response, Problem.unavailable());
        }
    }

    /** Written by hand, the same on every server. Each end of the connection says whether it is by TLS; a proxy hides it. */
    private static String cookie(HttpServletRequest request, String value) {
        boolean isSecure = request.isSecure()
                || Optional.ofNullable(request.getHeader("Origin")).orElse("").startsWith("https://");
        return COOKIE + "=" + value + "; Path=" + request.getContextPath() + "/; HttpOnly; SameSite=Strict"
                + (isSecure ? "; Secure" : "");
    }

    private static Optional<Secret> cookie(HttpServletRequest request) {
        return Stream.ofNullable(request.getCookies())
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(COOKIE))
                .findFirst()
                .map(Cookie::getValue)
                .map(Secret::of);
    }

    private static BrowserCall call(HttpServletRequest request) {
        return BrowserCall.of(request.getMethod(), request::getHeader);
    }

    private static void refuse(HttpServletResponse response, Problem problem) throws IOException {
        response.setContentType(Problem.MEDIA_TYPE);
        response.setStatus(problem.status());
        Json.write(problem, response.getOutputStream());
    }

    private static void write(HttpServletResponse response, int status, SessionView view) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        Json.write(view, response.getOutputStream());
    }
}
