package dev.gatehouse.console;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

/**
 * One call of a servlet of a deployment under {@code /gate}, as a container hands it over, and the answer.
 *
 * @param <C> the own type of the call
 */
public abstract class ServletCall<C extends ServletCall<C>> {

    /** What was answered. */
    public final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** What was answered; 200 where the servlet did not say. */
    public int status = HttpServletResponse.SC_OK;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private @Nullable String path;
    private @Nullable String cookie;
    private @Nullable String query;
    private String peer = "192.0.2.1";
    private boolean isSecure;

    /** Asks for a path below the servlet's. */
    public C at(String pathInfo) {
        path = pathInfo;
        return self();
    }

    public C with(String header, String value) {
        sent.put(header, value);
        return self();
    }

    public C withQuery(String text) {
        query = text;
        return self();
    }

    public C from(String address) {
        peer = address;
        return self();
    }

    public C withCookie(String value) {
        cookie = value;
        return self();
    }

    public C overTls() {
        isSecure = true;
        return self();
    }

    public String body() {
        return body.toString(StandardCharsets.UTF_8);
    }

    @SuppressWarnings("JdkObsolete") // the type of the container's own method
    protected HttpServletRequest request(String method) {
        return proxy(HttpServletRequest.class, (name, arguments) -> switch (name) {
            case "getMethod" -> method;
            case "getPathInfo" -> path;
            case "getContextPath" -> "/gate";
            case "getQueryString" -> query;
            case "getRequestURL" -> new StringBuffer("https://gateway.example/j" + path);
            case "getRemoteAddr" -> peer;
            case "isSecure" -> isSecure;
            case "getHeader" -> sent.get((String) arguments[0]);
            case "getCookies" -> cookie == null ? null : new Cookie[] {new Cookie("gatehouse_console", cookie)};
            default -> throw new UnsupportedOperationException(name);
        });
    }

    protected HttpServletResponse response() {
        return proxy(HttpServletResponse.class, (name, arguments) -> {
            switch (name) {
                case "setHeader" -> headers.put((String) arguments[0], (String) arguments[1]);
                case "setContentType" -> headers.put("Content-Type", (String) arguments[0]);
                case "setContentLength" -> headers.put("Content-Length", arguments[0].toString());
                case "setStatus" -> status = (int) arguments[0];
                case "getOutputStream" -> {
                    return new BlockingOutput(body);
                }
                default -> throw new UnsupportedOperationException(name);
            }
            return null;
        });
    }

    @SuppressWarnings("unchecked") // by its own declaration
    private C self() {
        return (C) this;
    }

    /** Answers the calls of a container's interface. */
    @FunctionalInterface
    public interface Answers {
        @Nullable
        Object to(String method, Object[] arguments);
    }

    /** An interface of the container's, answered by a test. */
    public static <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.to(method.getName(), arguments)));
    }
}
