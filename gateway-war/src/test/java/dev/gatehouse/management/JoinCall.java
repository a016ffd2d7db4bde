package dev.gatehouse.management;

import java.io.IOException;

import dev.gatehouse.console.ServletCall;

/** One call of a page that is open to everybody, and the answer. */
final class JoinCall extends ServletCall<JoinCall> {

    JoinCall(String path) {
        at(path);
    }

    JoinCall get(JoinServlet servlet) throws IOException {
        servlet.doGet(request("GET"), response());
        return this;
    }

    JoinCall get(WhoamiServlet servlet) throws IOException {
        servlet.doGet(request("GET"), response());
        return this;
    }

    JoinCall post(JoinServlet servlet) throws IOException {
        servlet.doPost(request("POST"), response());
        return this;
    }

    JoinCall head(JoinServlet servlet) {
        servlet.doHead(request("HEAD"), response());
        return this;
    }

    String type() {
        return headers.getOrDefault("Content-Type", "");
    }
}
