package dev.gatehouse.bootstrap;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.ws.rs.HttpMethod;

import dev.gatehouse.management.ManagementApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What RFC 9110 asks of every call of the API; the calls are those that the resources declare, so that none is forgotten. */
class HttpSemanticsTest {

    private static final String PROBLEM = "application/problem+json";

    @TempDir
    private static Path folder;

    private static GatewayFixture gateway;
    private static RestServer rest;

    /** A call, to a path that is one of the API's but for things that there are not. */
    record Call(String method, String path, boolean takesBody) {}

    @BeforeAll
    static void start() {
        gateway = GatewayFixture.withToken(folder);
        rest = gateway.rest();
    }

    @AfterAll
    static void stop() {
        rest.close();
        gateway.close();
    }

    static List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        for (Class<?> resource : new ManagementApplication().getClasses()) {
            Optional.ofNullable(resource.getAnnotation(jakarta.ws.rs.Path.class))
                    .ifPresent(root -> Arrays.stream(resource.getMethods())
                            .forEach(call -> method(call)
                                    .ifPresent(method ->
                                            calls.add(new Call(method, path(root.value(), call), takesBody(call))))));
        }
        return calls;
    }

    static Stream<Call> reads() {
        return calls().stream().filter(call -> call.method().equals("GET"));
    }

    static Stream<Call> callsWithBody() {
        return calls().stream().filter(Call::takesBody);
    }

    @Test
    void calls_areFound() {
        assertThat(calls()).hasSizeGreaterThan(40).contains(new Call("DELETE", "/devices/nobody", false));
        assertThat(callsWithBody()).contains(new Call("POST", "/keys", true));
    }

    @ParameterizedTest
    @MethodSource("reads")
    void head_answersAsGet_withoutBody(Call call) throws Exception {
        HttpResponse<String> get = rest.send("GET", call.path(), "");
        HttpResponse<String> head = rest.send("HEAD", call.path(), "");

        assertThat(head.statusCode()).isEqualTo(get.statusCode()).isIn(200, 404);
        assertThat(head.body()).isEmpty();
        assertThat(get.body()).isNotEmpty();
        assertThat(header(head, "Content-Type")).isEqualTo(header(get, "Content-Type"));
        assertThat(header(head, "Cache-Control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void options_nameTheMethodsOfThePath(Call call) throws Exception {
        HttpResponse<String> answer = rest.send("OPTIONS", call.path(), "");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(header(answer, "Allow").split(", ")).contains(call.method(), "OPTIONS");
        if (call.method().equals("GET")) {
            assertThat(header(answer, "Allow")).contains("HEAD");
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void otherMethod_isRefused_andTheRightOnesNamed(Call call) throws Exception {
        HttpResponse<String> answer = rest.send("PUT", call.path(), "");

        assertProblem(answer, 405);
        assertThat(header(answer, "Allow"))
                .isEqualTo(header(rest.send("OPTIONS", call.path(), ""), "Allow"))
                .contains(call.method());
    }

    @ParameterizedTest
    @MethodSource("calls")
    void form_thatThereIsNot_isRefusedBeforeAnythingHappens(Call call) throws Exception {
        assertProblem(rest.send(call.method(), call.path(), "", "Accept", "application/x-nothing"), 406);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void parameter_thatThereIsNot_isRefused(Call call) throws Exception {
        HttpResponse<String> answer = rest.send(call.method(), call.path() + "?surprise=1", "");

        assertProblem(answer, 400);
        assertThat(answer.body()).contains("'surprise'");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void call_withoutKey_isRefused_whateverItIs(Call call) throws Exception {
        HttpResponse<String> answer = rest.send(call.method(), call.path(), "", "Authorization", "Bearer gk_no");

        assertProblem(answer, 401);
        assertThat(header(answer, "WWW-Authenticate")).startsWith("Bearer");
    }

    @ParameterizedTest
    @MethodSource("callsWithBody")
    void body_thatIsNoJson_isRefused(Call call) throws Exception {
        assertProblem(rest.send(call.method(), call.path(), "a=b", "Content-Type", "text/plain"), 415);
        for (String body : List.of("{", "[]", "{\"surprise\": 1}", "{} {}")) {
            HttpResponse<String> answer =
                    rest.send(call.method(), call.path(), body, "Content-Type", "application/json");
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.body()).contains("BODY_MALFORMED");
        }
    }

    @ParameterizedTest
    @MethodSource("callsWithBody")
    void body_overTheBound_isRefused(Call call) throws Exception {
        String body = "{\"label\": \"" + "x".repeat(65_536) + "\"}";

        assertProblem(rest.send(call.method(), call.path(), body, "Content-Type", "application/json"), 413);
    }

    @Test
    void parameter_givenTwiceOrWithNul_isRefused() throws Exception {
        assertProblem(rest.send("GET", "/devices?limit=1&limit=2", ""), 400);
        assertProblem(rest.send("GET", "/devices?name=a%00b", ""), 400);
        assertProblem(rest.send("GET", "/devices/a%00b", ""), 400);
    }

    @Test
    void answer_thatHasSeveralForms_saysOnWhatItDepends() throws Exception {
        assertThat(header(rest.send("GET", "/audit/export", ""), "Vary")).isEqualTo("Accept");
        assertThat(header(rest.send("GET", "/devices", ""), "Vary")).isEmpty();
    }

    private static void assertProblem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(header(answer, "Content-Type")).isEqualTo(PROBLEM);
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static Optional<String> method(Method call) {
        return Arrays.stream(call.getAnnotations())
                .map(Annotation::annotationType)
                .map(type -> type.getAnnotation(HttpMethod.class))
                .flatMap(Stream::ofNullable)
                .map(HttpMethod::value)
                .findFirst();
    }

    private static String path(String root, Method call) {
        String below = Optional.ofNullable(call.getAnnotation(jakarta.ws.rs.Path.class))
                .map(jakarta.ws.rs.Path::value)
                .orElse("");
        return (root + below).replace("{role}", "operator").replaceAll("\\{[^}]*}", "nobody");
    }

    /** A parameter that no annotation of JAX-RS fills is the body. */
    private static boolean takesBody(Method call) {
        return Arrays.stream(call.getParameters()).anyMatch(HttpSemanticsTest::isBody);
    }

    private static boolean isBody(Parameter parameter) {
        return Arrays.stream(parameter.getAnnotations())
                .noneMatch(annotation -> annotation.annotationType().getName().startsWith("jakarta.ws.rs."));
    }
}
