package dev.gatehouse.management;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.gatehouse.device.Handover;
import dev.gatehouse.device.Invitations;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.TemporarilyUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges the code of a join link for a setup code, once (wire reference 7.8 and 8.5).
 *
 * <p>A client fetches the payload by GET. People get a page by GET, and open the invitation by POST; so do the robots that
 * fetch links for a preview, and they do not click. Codes that are of no use are counted for each address. Nothing here
 * logs a path, for the code is in it. Safe for concurrent use.
 */
public final class JoinServlet extends HttpServlet {

    /** The path, within the context of the deployment. */
    public static final String PATH = "/j/*";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(JoinServlet.class);
    private static final Pattern CODE = Pattern.compile("/([A-Za-z0-9_-]{22})");

    /** Who asks for a page, or fetches links that nobody has clicked. */
    private static final Pattern NO_CLIENT = Pattern.compile(
            "mozilla|bot|crawl|spider|preview|facebookexternalhit|whatsapp|slack|telegram|discord|skype",
            Pattern.CASE_INSENSITIVE);

    private static final String JSON = "application/json";
    private static final String HTML = "text/html;charset=utf-8";
    private static final int TOO_MANY_REQUESTS = 429;

    private final transient Invitations invitations;
    private final transient Function<HttpServletRequest, InetAddress> clients;
    private final transient GuessLimit limit;

    /**
     * The servlet of a gateway.
     *
     * @param clients tells the address that whoever sent a request counts as
     */
    public JoinServlet(Invitations invitations, Function<HttpServletRequest, InetAddress> clients, Clock clock) {
        this.invitations = invitations;
        this.clients = clients;
        this.limit = new GuessLimit(clock);
    }

    /** What is wrong, in the words that clients know. */
    record Refusal(String error) {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean isForPeople = isForPeople(request);
        answer(request, response, isForPeople, code -> isForPeople ? page(request, code) : payload(code));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(request, response, true, code -> invitations.join(code).map(JoinPage::open));
    }

    /** A client that only asks whether there is something gets no answer that would cost anybody his invitation. */
    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response) {
        protect(response);
        response.setHeader("Allow", "GET, POST");
        response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    }

    @FunctionalInterface
    private interface Exchange {
        Optional<String> of(Secret code);
    }

    private void answer(
            HttpServletRequest request, HttpServletResponse response, boolean isForPeople, Exchange exchange)
            throws IOException {
        protect(response);
        String address = clients.apply(request).getHostAddress();
        if (limit.isReached(address)) {
            response.setHeader("Retry-After", Long.toString(GuessLimit.retrySeconds()));
            refuse(response, TOO_MANY_REQUESTS, "rate_limited");
            return;
        }
        try {
            Optional<String> content = code(request).flatMap(exchange::of);
            if (content.isPresent()) {
                write(response, HttpServletResponse.SC_OK, isForPeople ? HTML : JSON, content.get());
                return;
            }
            limit.failed(address);
            if (isForPeople) {
                write(response, HttpServletResponse.SC_NOT_FOUND, HTML, JoinPage.unknown());
                return;
            }
            refuse(response, HttpServletResponse.SC_NOT_FOUND, "not_found");
        } catch (TemporarilyUnavailable e) {
            LOG.warn("a join link found the database unavailable", e);
            refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "unavailable");
        }
    }

    private Optional<String> page(HttpServletRequest request, Secret code) {
        return invitations.canJoin(code)
                ? Optional.of(JoinPage.closed(request.getRequestURL().toString()))
                : Optional.empty();
    }

    private Optional<String> payload(Secret code) {
        return invitations.join(code).map(Handover::setupCode).map(setupCode -> setupCode.json());
    }

    private static Optional<Secret> code(HttpServletRequest request) {
        return Optional.ofNullable(request.getPathInfo())
                .map(CODE::matcher)
                .filter(matcher -> matcher.matches() && request.getQueryString() == null)
                .map(matcher -> Secret.of(matcher.group(1)));
    }

    private static boolean isForPeople(HttpServletRequest request) {
        String accept = Optional.ofNullable(request.getHeader("Accept")).orElse("");
        String agent = Optional.ofNullable(request.getHeader("User-Agent")).orElse("");
        return accept.contains("text/html") || NO_CLIENT.matcher(agent).find();
    }

    private static void protect(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Robots-Tag", "noindex");
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'");
    }

    private static void refuse(HttpServletResponse response, int status, String error) throws IOException {
        response.setStatus(status);
        response.setContentType(JSON);
        Json.write(new Refusal(error), response.getOutputStream());
    }

    private static void write(HttpServletResponse response, int status, String type, String content)
            throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.getOutputStream().write(content.getBytes(StandardCharsets.UTF_8));
    }
}
