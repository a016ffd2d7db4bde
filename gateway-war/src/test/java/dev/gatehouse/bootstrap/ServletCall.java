package dev.gatehouse.bootstrap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

/** One GET, as a container hands it to a servlet, and the answer. */
final class ServletCall {

    final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    int status = 200;
    private final Map<String, String> sent = new HashMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    ServletCall with(String header, String value) {
        sent.put(header, value);
        return this;
    }

    ServletCall get(HttpServlet servlet) throws IOException, ServletException {
        servlet.service(request(), response());
        return this;
    }

    String body() {
        return body.toString(StandardCharsets.UTF_8);
    }

    private HttpServletRequest request() {
        return proxy(HttpServletRequest.class, (method, argument) -> switch (method) {
            case "getMethod" -> "GET";
            case "getProtocol" -> "HTTP/1.1";
            case "getHeader" -> sent.get(argument[0]);
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private HttpServletResponse response() {
        return proxy(HttpServletResponse.class, (method, argument) -> switch (method) {
            case "setStatus" -> answeredWith((Integer) argument[0]);
            case "setHeader" -> headers.put((String) argument[0], (String) argument[1]);
            case "setContentType" -> headers.put("Content-Type", (String) argument[0]);
            case "setContentLength" -> headers.put("Content-Length", String.valueOf(argument[0]));
            case "getOutputStream" -> new Body(body);
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private int answeredWith(int code) {
        status = code;
        return code;
    }

    private interface Answers {
        @Nullable
        Object to(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object answer = answers.to(method.getName(), arguments == null ? new Object[0] : arguments);
                    return method.getReturnType() == void.class ? null : answer;
                }));
    }

    private static final class Body extends ServletOutputStream {

        private final ByteArrayOutputStream bytes;

        Body(ByteArrayOutputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public void write(int next) {
            bytes.write(next);
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
