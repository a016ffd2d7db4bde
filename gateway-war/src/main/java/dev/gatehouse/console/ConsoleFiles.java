package dev.gatehouse.console;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.gatehouse.digest.Sha256;

/**
 * Serves the console's files to whoever asks: there is nothing in them but the page, which shows nothing without an API key.
 *
 * <p>A servlet of its own, not the server's for static files, so that every server sends the same headers, and nothing else
 * of the folder than what a page can be made of. Safe for concurrent use.
 */
public final class ConsoleFiles extends HttpServlet {

    /** The path, within the context of the deployment. */
    public static final String PATH = "/console/*";

    private static final long serialVersionUID = 1L;
    private static final String INDEX = "/index.html";
    private static final Pattern FILE = Pattern.compile("/[a-z][a-z0-9-]{0,31}\\.(html|css|js|svg)");
    private static final int PERMANENT_REDIRECT = 308;
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "svg", "image/svg+xml");

    /** Nothing from elsewhere, nothing inline, and no text that becomes markup. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
                    + "require-trusted-types-for 'script'; trusted-types 'none'";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        protect(response);
        String path = Optional.ofNullable(request.getPathInfo()).orElse("");
        if (path.isEmpty()) { // relative, because a proxy may serve the gateway under another path
            response.setHeader("Location", "console/");
            response.setStatus(PERMANENT_REDIRECT);
            return;
        }
        String name = path.equals("/") ? INDEX : path;
        Matcher file = FILE.matcher(name);
        Optional<byte[]> content = file.matches() ? read("/console" + name) : Optional.empty();
        if (content.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setContentType(TYPES.get(file.group(1)));
        if (!name.equals(INDEX)) {
            mayBeKept(response, tag(content.get()));
        }
        if (tag(content.get()).equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentLength(content.get().length);
        response.getOutputStream().write(content.get());
    }

    private Optional<byte[]> read(String path) throws IOException {
        try (InputStream file = getServletContext().getResourceAsStream(path)) {
            return file == null ? Optional.empty() : Optional.of(file.readAllBytes());
        }
    }

    /** The page is never kept; what it consists of is asked for anew each time, and sent when it has changed. */
    private static void mayBeKept(HttpServletResponse response, String tag) {
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("ETag", tag);
    }

    private static String tag(byte[] content) {
        return '"' + Sha256.base64Url(content) + '"';
    }

    private static void protect(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("X-Robots-Tag", "noindex");
        response.setHeader("Cache-Control", "no-store");
    }
}
