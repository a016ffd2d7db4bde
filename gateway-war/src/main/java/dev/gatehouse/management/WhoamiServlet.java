package dev.gatehouse.management;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Tells whoever asks how the gateway sees them: a page for people, JSON for programs. Needs no key, and shows nothing that
 * the caller did not send. What it says is read off the request in the same way as off an upgrade. Safe for concurrent
 * use.
 */
public final class WhoamiServlet extends HttpServlet {

    /** The path, within the context of the deployment. */
    public static final String PATH = "/whoami";

    private static final long serialVersionUID = 1L;

    private final transient Function<HttpServletRequest, SeenCaller> callers;

    /**
     * The servlet of a gateway.
     *
     * @param callers what the gateway makes of a request
     */
    public WhoamiServlet(Function<HttpServletRequest, SeenCaller> callers) {
        this.callers = callers;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        protect(response);
        WhoamiView view = WhoamiView.of(callers.apply(request));
        if (isForPeople(request)) {
            response.setContentType("text/html;charset=UTF-8");
            response.getOutputStream().write(WhoamiPage.of(view).getBytes(StandardCharsets.UTF_8));
            return;
        }
        response.setContentType("application/json");
        Json.write(view, response.getOutputStream());
    }

    private static boolean isForPeople(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Accept"))
                .filter(accept -> accept.contains("text/html"))
                .isPresent();
    }

    private static void protect(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Vary", "Accept");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
                        + " frame-ancestors 'none'");
    }
}
