package dev.gatehouse.management;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.gatehouse.device.ApiKeys;
import dev.gatehouse.observe.MetricsSettings;
import dev.gatehouse.observe.Observatory;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.TemporarilyUnavailable;

/**
 * Gives the metrics to whoever has an API key, or to everybody when the config says so. While the database does not
 * answer, the key that was good last is good for another while. Safe for concurrent use.
 */
public final class MetricsServlet extends HttpServlet {

    /** The path, within the context of the deployment. */
    public static final String PATH = "/metrics";

    private static final long serialVersionUID = 1L;

    private final transient Observatory observatory;
    private final transient ApiKeys keys;
    private final transient Supplier<MetricsSettings> settings;
    private final transient LastGoodKey lastGood;

    /**
     * The servlet of a gateway.
     *
     * @param settings who may read; asked each time, for it may change
     */
    public MetricsServlet(Observatory observatory, ApiKeys keys, Supplier<MetricsSettings> settings, Clock clock) {
        this.observatory = observatory;
        this.keys = keys;
        this.settings = settings;
        this.lastGood = new LastGoodKey(clock);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Problem> problem = settings.get().isOpen() ? Optional.empty() : objection(request);
        if (problem.isPresent()) {
            refuse(problem.get(), response);
            return;
        }
        Optional<String> accept = Optional.ofNullable(request.getHeader("Accept"));
        ByteArrayOutputStream metrics = new ByteArrayOutputStream();
        observatory.write(accept, metrics);
        response.setContentType(observatory.contentType(accept));
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(metrics.size());
        metrics.writeTo(response.getOutputStream());
    }

    private Optional<Problem> objection(HttpServletRequest request) {
        Optional<Secret> presented = Authentication.bearer(request.getHeader("Authorization"));
        if (presented.isEmpty()) {
            return Optional.of(Problem.unauthorized(
                    "send an API key: 'Authorization: Bearer gk_...', or set metrics.access to open"));
        }
        Secret key = presented.get();
        try {
            if (keys.verify(key).isPresent()) {
                lastGood.wasGood(key);
                return Optional.empty();
            }
            lastGood.wasBad(key);
            return Optional.of(Problem.unauthorized("the API key is not one of this gateway; make a new one"));
        } catch (TemporarilyUnavailable e) {
            return lastGood.matches(key) ? Optional.empty() : Optional.of(Problem.unavailable());
        }
    }

    private static void refuse(Problem problem, HttpServletResponse response) throws IOException {
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        if (problem.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", Authentication.CHALLENGE);
        }
        Json.write(problem, response.getOutputStream());
    }
}
