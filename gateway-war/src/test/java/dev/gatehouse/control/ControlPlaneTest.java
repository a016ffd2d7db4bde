package dev.gatehouse.control;

import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gatehouse.protocol.Members;
import dev.gatehouse.protocol.WireError;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.TemporarilyUnavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Who may call what, and what becomes of a call that is wrong (wire reference 1.6 and 8.1). */
class ControlPlaneTest {

    private static final String READ = "operator.read";
    private static final String ADMIN = Scopes.ADMIN;

    private final CompletableFuture<Answer> waitedFor = new CompletableFuture<>();
    private final ControlPlane control = new ControlPlane(
            List.of(
                    Method.open("ping", caller -> Map.of("pong", true)),
                    Method.operator("look", READ, caller -> List.of(caller.connectionId())),
                    Method.operator("echo", READ, Said::read, (caller, said) -> Map.of("said", said.text())),
                    new Method<>(
                            "hidden",
                            new Method.Access.Holders(Role.OPERATOR, ADMIN),
                            false,
                            Method.None::read,
                            (caller, none) -> new Answer.Payload(Map.of())),
                    Method.waiting("wait", READ, Method.None::read, (caller, none) -> waitedFor),
                    Method.operator("outage", READ, caller -> {
                        throw new TemporarilyUnavailable("database", new IllegalStateException());
                    }),
                    Method.operator("bug", READ, caller -> {
                        throw new IllegalStateException("the pass word is sesame");
                    })),
            new SecureRandom());

    private record Said(String text) {

        static Said read(Members params) {
            return new Said(params.text("text", 5));
        }
    }

    @Test
    void calls_areHeardOfByTheGatewaysOwnNamesOnly() {
        List<String> heard = new ArrayList<>();
        ControlPlane told = control.heardBy((method, outcome) -> heard.add(method + " " + outcome));
        Caller reader = operator(READ);

        told.answer(reader, new Call("ping", Optional.empty()));
        told.answer(reader, new Call("invented\n\"name", Optional.empty()));
        told.answer(reader, without("ping"));
        told.answer(reader, without("hidden"));
        told.answer(reader, without("outage"));
        told.answer(reader, without("wait"));
        waitedFor.complete(new Answer.Payload(Map.of()));

        assertThat(heard)
                .containsExactly(
                        "ping REFUSED",
                        "unknown REFUSED",
                        "ping OK",
                        "hidden REFUSED",
                        "outage UNAVAILABLE",
                        "wait OK");
    }

    @Test
    void call_whoseCallerLeaves_isHeardAsAbandoned() {
        List<String> heard = new ArrayList<>();
        ControlPlane told = control.heardBy((method, outcome) -> heard.add(method + " " + outcome));

        Answer answer = told.answer(operator(READ), without("wait"));
        assertThat(heard).isEmpty();
        ((Answer.Later) answer).answer().cancel(false);

        assertThat(heard).containsExactly("wait ABANDONED");
    }

    @Test
    void openMethod_answersAnybody() {
        assertThat(call(node(), "ping", "{}")).isEqualTo(new Answer.Payload(Map.of("pong", true)));
        assertThat(call(operator(), "ping", "{}")).isEqualTo(new Answer.Payload(Map.of("pong", true)));
    }

    @Test
    void methodOfOperators_refusesANode() {
        assertThat(error(node(), "look")).isEqualTo(WireError.invalidRequest("unauthorized role: node"));
    }

    @Test
    void caller_withoutTheScope_isToldWhichItLacks() {
        WireError error = error(operator("operator.pairing"), "look");

        assertThat(error.code()).isEqualTo("FORBIDDEN");
        assertThat(error.message()).isEqualTo("missing scope: operator.read");
        assertThat(error.details())
                .containsExactly(
                        Map.entry("code", "MISSING_SCOPE"),
                        Map.entry("missingScope", READ),
                        Map.entry("requiredScopes", List.of(READ)));
    }

    @ParameterizedTest
    @CsvSource({"operator.read", "operator.write", "operator.admin"})
    void caller_whoseScopesCoverTheMethod_isAnswered(String scope) {
        assertThat(call(operator(scope), "look", "{}")).isEqualTo(new Answer.Payload(List.of("conn")));
    }

    @Test
    void scope_isLookedAtBeforeTheParameters() {
        assertThat(failure(call(operator(), "echo", "{}")).code()).isEqualTo("FORBIDDEN");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                          | must have required property 'text'
            {"text":7}                  | at /text: must be string
            {"text":""}                 | at /text: must NOT have fewer than 1 characters
            {"text":"abcdef"}           | at /text: must NOT have more than 5 characters
            {"text":"a","other":1}      | at root: unexpected property 'other'
            {"more":1}                  | must have required property 'text'; at root: unexpected property 'more'
            []                          | must be object
            null                        | must be object
            """)
    void parameters_thatAreWrong_areToldWhy(String params, String problem) {
        assertThat(failure(call(operator(READ), "echo", params)))
                .isEqualTo(WireError.invalidRequest("invalid echo params: " + problem));
    }

    @Test
    void unexpectedName_isToldInPartOnly() {
        String params = "{\"text\":\"a\",\"" + "x".repeat(1000) + "\":1}";

        assertThat(failure(call(operator(READ), "echo", params)).message()).hasSizeLessThan(150);
    }

    @Test
    void parameters_thatAreTooLarge_areRefused() {
        assertThat(control.answer(operator(READ), new Call("echo", Optional.empty())))
                .isEqualTo(new Answer.Failure(WireError.invalidRequest("invalid echo params: must NOT be that large")));
    }

    @Test
    void method_withoutParameters_takesNone() {
        assertThat(failure(call(operator(READ), "look", "{\"a\":1}")).message())
                .isEqualTo("invalid look params: at root: unexpected property 'a'");
    }

    @Test
    void unknownMethod_isToldToAdministratorsAndNodes() {
        WireError told = WireError.invalidRequest("unknown method: a.b");

        assertThat(error(operator(ADMIN), "a.b")).isEqualTo(told);
        assertThat(error(node(), "a.b")).isEqualTo(told);
    }

    @Test
    void unknownMethod_needsTheAdminScope() {
        assertThat(error(operator(READ), "a.b")).isEqualTo(WireError.missingScope(ADMIN));
    }

    @Test
    void secondConnect_isRefused() {
        assertThat(error(operator(ADMIN), "connect"))
                .isEqualTo(WireError.invalidRequest("connect is only valid as the first request"));
    }

    @Test
    void outage_isToBeRetried() {
        WireError error = error(operator(READ), "outage");

        assertThat(error.code()).isEqualTo("UNAVAILABLE");
        assertThat(error.message()).matches("the gateway cannot answer now \\(incident [0-9a-f]{10}\\)");
        assertThat(error.retryAfter()).contains(Duration.ofSeconds(2));
    }

    @Test
    void bug_isToldByItsIncidentOnly() {
        WireError error = error(operator(READ), "bug");

        assertThat(error.code()).isEqualTo("UNAVAILABLE");
        assertThat(error.message()).matches("gateway error \\(incident [0-9a-f]{10}\\)");
        assertThat(error.retryAfter()).isEmpty();
    }

    @Test
    void callThatWaits_isAnsweredLater() {
        CompletableFuture<Answer> answer = later();
        assertThat(answer).isNotDone();

        waitedFor.complete(new Answer.Payload(Map.of("done", true)));

        assertThat(answer).isCompletedWithValue(new Answer.Payload(Map.of("done", true)));
    }

    @Test
    void callThatWaitsInVain_isToldWhy() {
        CompletableFuture<Answer> answer = later();

        waitedFor.completeExceptionally(new Refused("no such thing"));

        assertThat(answer).isCompletedWithValue(new Answer.Failure(WireError.invalidRequest("no such thing")));
    }

    @Test
    void callThatIsNotWaitedForAnyMore_isGivenUp() {
        later().cancel(false);

        assertThat(waitedFor).isCancelled();
    }

    private CompletableFuture<Answer> later() {
        return ((Answer.Later) call(operator(READ), "wait", "{}")).answer();
    }

    @Test
    void advertisedMethods_areSorted_withoutThoseThatAreHidden() {
        assertThat(control.advertised()).containsExactly("bug", "echo", "look", "outage", "ping", "wait");
        assertThat(call(operator(ADMIN), "hidden", "{}")).isEqualTo(new Answer.Payload(Map.of()));
    }

    @Test
    void methodThatIsThereTwice_isABug() {
        List<Method<?>> twice = List.of(Method.open("a", caller -> ""), Method.open("a", caller -> ""));

        assertThatIllegalArgumentException().isThrownBy(() -> new ControlPlane(twice, new SecureRandom()));
    }

    private WireError error(Caller caller, String method) {
        return failure(call(caller, method, "{}"));
    }

    private Answer call(Caller caller, String method, String params) {
        try {
            return control.answer(caller, new Call(method, Optional.of(new ObjectMapper().readTree(params))));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WireError failure(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Failure.class);
        return ((Answer.Failure) answer).error();
    }

    private static Caller operator(String... scopes) {
        return new Caller("conn", Role.OPERATOR, Scopes.of(scopes), Identity.TOKEN, Optional.empty());
    }

    private static Call without(String method) {
        return new Call(method, Optional.of(JsonNodeFactory.instance.objectNode()));
    }

    private static Caller node() {
        return new Caller("conn", Role.NODE, Scopes.none(), Identity.TOKEN, Optional.empty());
    }
}
