package dev.gatehouse.management;

import java.io.IOException;
import java.util.Locale;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.gatehouse.observe.Readiness;

/** Answers one probe, 200 or 503, without a key and without waiting for anything. Safe for concurrent use. */
public final class ProbeServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final Probe probe;
    private final transient Readiness readiness;

    public ProbeServlet(Probe probe, Readiness readiness) {
        this.probe = probe;
        this.readiness = readiness;
    }

    /**
     * What is told.
     *
     * @param status {@code up} or {@code down}, as the probe has it
     * @param phase {@code starting}, {@code running} or {@code stopping}
     * @param database {@code up} or {@code down}, as it was seconds ago
     */
    record ProbeView(String status, String phase, String database) {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean isUp = probe.isPassedBy(readiness);
        response.setStatus(isUp ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        ProbeView view = new ProbeView(
                word(isUp), readiness.phase().name().toLowerCase(Locale.ROOT), word(readiness.isDatabaseUp()));
        Json.write(view, response.getOutputStream());
    }

    private static String word(boolean isUp) {
        return isUp ? "up" : "down";
    }
}
