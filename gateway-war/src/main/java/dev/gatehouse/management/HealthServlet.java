package dev.gatehouse.management;

import java.io.IOException;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Says that the gateway has started, to whoever asks: load balancers have no API key.
 *
 * <p>A servlet of its own path, so that the filter that asks for API keys needs no list of exceptions. Safe for
 * concurrent use.
 */
public final class HealthServlet extends HttpServlet {

    /** The path, within the context of the deployment. */
    public static final String PATH = "/api/v1/health";

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().print("{\"status\":\"up\"}");
    }
}
