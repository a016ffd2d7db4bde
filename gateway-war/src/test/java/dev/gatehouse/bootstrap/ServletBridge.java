package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.gatehouse.console.BlockingOutput;
import dev.gatehouse.console.ServletCall;
import org.jspecify.annotations.Nullable;

/** Lets the JDK's server answer by a servlet of the gateway, as far as those use a container. */
final class ServletBridge implements HttpHandler {

    private final HttpServlet servlet;

    ServletBridge(HttpServlet servlet) {
        this.servlet = servlet;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Call call = new Call(exchange);
        try {
            servlet.service(call.request(), call.response());
        } catch (ServletException e) {
            throw new IOException(e);
        }
        if (!call.isAsync) {
            call.complete();
        }
    }

    /** One call; used by one thread at a time. */
    private static final class Call {

        private final HttpExchange exchange;
        private int status = HttpServletResponse.SC_OK;
        private boolean isAsync;
        private boolean isBegun;

        Call(HttpExchange exchange) {
            this.exchange = exchange;
        }

        HttpServletRequest request() {
            return ServletCall.proxy(HttpServletRequest.class, (name, arguments) -> switch (name) {
                case "getMethod" -> exchange.getRequestMethod();
                case "getHeader" -> exchange.getRequestHeaders().getFirst((String) arguments[0]);
                case "getParameter" -> parameter((String) arguments[0]);
                case "getCookies" -> null;
                case "startAsync" -> startAsync();
                default -> throw new UnsupportedOperationException(name);
            });
        }

        HttpServletResponse response() {
            return ServletCall.proxy(HttpServletResponse.class, this::respond);
        }

        private @Nullable Object respond(String name, Object[] arguments) {
            switch (name) {
                case "setHeader", "setIntHeader" ->
                    exchange.getResponseHeaders().set((String) arguments[0], arguments[1].toString());
                case "setContentType" -> exchange.getResponseHeaders().set("Content-Type", (String) arguments[0]);
                case "setStatus" -> status = (int) arguments[0];
                case "getOutputStream" -> {
                    begin(0);
                    return new BlockingOutput(exchange.getResponseBody());
                }
                case "setCharacterEncoding", "setContentLength" -> {} // nothing that a client of ours looks at
                default -> throw new UnsupportedOperationException(name);
            }
            return null;
        }

        void complete() {
            begin(-1);
            exchange.close();
        }

        private AsyncContext startAsync() {
            isAsync = true;
            return ServletCall.proxy(AsyncContext.class, (name, arguments) -> {
                if (name.equals("complete")) {
                    complete();
                }
                return null;
            });
        }

        /** A length of 0 is one that is not known yet, and -1 that of no body. */
        private void begin(long length) {
            if (isBegun) {
                return;
            }
            isBegun = true;
            try {
                exchange.sendResponseHeaders(status, length);
            } catch (IOException e) {
                throw new UncheckedIOException("the client has left", e);
            }
        }

        private @Nullable String parameter(String name) {
            return Optional.ofNullable(exchange.getRequestURI().getRawQuery()).stream()
                    .flatMap(query -> Arrays.stream(query.split("&", -1)))
                    .filter(pair -> pair.startsWith(name + "="))
                    .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                    .findFirst()
                    .orElse(null);
        }
    }
}
