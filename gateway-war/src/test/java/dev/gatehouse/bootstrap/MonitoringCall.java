package dev.gatehouse.bootstrap;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;

import dev.gatehouse.console.ServletCall;

/** One GET of a page for monitoring, and the answer. */
final class MonitoringCall extends ServletCall<MonitoringCall> {

    MonitoringCall get(HttpServlet servlet) throws IOException, ServletException {
        servlet.service(request("GET"), response());
        return this;
    }
}
