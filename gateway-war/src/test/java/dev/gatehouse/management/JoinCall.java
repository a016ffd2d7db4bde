package dev.gatehouse.management;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

/** One call of a servlet, as a container hands it over, and the answer. */
final class JoinCall {

    final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    int status;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Map<String, String> sent = new HashMap<>();
    private final String path;
    private @Nullable String query;
    private String address = "192.0.2.1";

    JoinCall(String path) {
        this.path = path;
    }

    JoinCall with(String header, String value) {
        sent.put(header, value);
        return this;
    }

    JoinCall withQuery(String text) {
        query = text;
        return this;
    }

    JoinCall from(String peer) {
        address = peer;
        return this;
    }

    JoinCall get(JoinServlet servlet) throws IOException {
        servlet.doGet(request(), response());
        return this;
    }

    JoinCall get(WhoamiServlet servlet) throws IOException {
        servlet.doGet(request(), response());
        return this;
    }

    JoinCall post(JoinServlet servlet) throws IOException {
        servlet.doPost(request(), response());
        return this;
    }

    JoinCall head(JoinServlet servlet) {
        servlet.doHead(request(), response());
        return this;
    }

    String body() {
        return body.toString(StandardCharsets.UTF_8);
    }

    String type() {
        return headers.getOrDefault("Content-Type", "");
    }

    @SuppressWarnings("JdkObsolete") // the type of the container's own method
    private HttpServletRequest request() {
        return proxy(HttpServletRequest.class, (method, argument) -> switch (method) {
            case "getPathInfo" -> path;
            case "getQueryString" -> query;
            case "getRemoteAddr" -> address;
            case "getHeader" -> sent.get(argument[0]);
            case "getRequestURL" -> new StringBuffer("https://gateway.example/j" + path);
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private HttpServletResponse response() {
        return proxy(HttpServletResponse.class, (method, argument) -> {
            switch (method) {
                case "setHeader" -> headers.put((String) argument[0], (String) argument[1]);
                case "setContentType" -> headers.put("Content-Type", (String) argument[0]);
                case "setStatus" -> status = (int) argument[0];
                case "getOutputStream" -> {
                    return new Output();
                }
                default -> throw new UnsupportedOperationException(method);
            }
            return null;
        });
    }

    private interface Answers {
        @Nullable
        Object to(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.to(method.getName(), arguments)));
    }

    private final class Output extends ServletOutputStream {

        @Override
        public void write(int character) {
            body.write(character);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
