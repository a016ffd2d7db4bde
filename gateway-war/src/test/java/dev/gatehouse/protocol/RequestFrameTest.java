package dev.gatehouse.protocol;

import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequestFrameTest {

    private static final Scopes ADMIN = Scopes.of("operator.admin");

    @Test
    void request_isParsed_withoutItsParameters() {
        assertThat(RequestFrame.parse(
                        "{\"params\":{\"id\":[[1]]},\"type\":\"req\",\"x\":2,\"id\":\"7\",\"method\":\"m\"}"))
                .isEqualTo(new RequestFrame("7", "m"));
    }

    @Test
    void largeRequest_isParsed() {
        String text = "{\"type\":\"req\",\"id\":\"7\",\"method\":\"m\",\"params\":\"" + "x".repeat(1 << 20) + "\"}";

        assertThat(RequestFrame.parse(text)).isEqualTo(new RequestFrame("7", "m"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{\"id\":", "{\"params\":[1,}", "{\"id\":\"1\"}}", "[1", "nope", "{\"a\":{\"b\":1}"})
    void notJson_isIgnored(String text) {
        assertThat(RequestFrame.parse(text)).isEqualTo(new LaterFrame.NotJson());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            7                                     | invalid | must be object
            [{"id":"7"}]                          | invalid | must be object
            {"type":"req","id":"7"}               | 7       | must have required property 'method'
            {"type":"req","id":[1],"method":"m"}  | invalid | at /id: must be string
            {"type":"event","id":"7","method":"m"}| 7       | at /type: must be equal to constant
            {"type":"req","id":"7","method":""}   | 7       | at /method: must NOT have fewer than 1 characters
            """)
    void invalidFrame_isAnswered(String text, String id, String problem) {
        assertThat(RequestFrame.parse(text))
                .isEqualTo(new LaterFrame.Invalid(id, WireError.invalidRequest("invalid request frame: " + problem)));
    }

    @Test
    void deepNesting_isIgnored() {
        assertThat(RequestFrame.parse("{\"params\":" + "[".repeat(500_000))).isEqualTo(new LaterFrame.NotJson());
    }

    @Test
    void health_isAnswered_toAnybody() {
        assertThat(Answers.to(new RequestFrame("7", "health"), Role.NODE, Scopes.none()))
                .isEqualTo("{\"type\":\"res\",\"id\":\"7\",\"ok\":true,\"payload\":{\"ok\":true}}");
    }

    @Test
    void secondConnect_isRefused() {
        assertThat(Answers.to(new RequestFrame("7", "connect"), Role.OPERATOR, ADMIN))
                .isEqualTo("""
                {"type":"res","id":"7","ok":false,"error":{"code":"INVALID_REQUEST",\
                "message":"connect is only valid as the first request"}}""");
    }

    @Test
    void unknownMethod_isToldToAdministratorsAndNodes() {
        String told = """
                {"type":"res","id":"7","ok":false,"error":{"code":"INVALID_REQUEST","message":"unknown method: a.b"}}""";

        assertThat(Answers.to(new RequestFrame("7", "a.b"), Role.OPERATOR, ADMIN))
                .isEqualTo(told);
        assertThat(Answers.to(new RequestFrame("7", "a.b"), Role.NODE, Scopes.none()))
                .isEqualTo(told);
    }

    @Test
    void unknownMethod_needsTheAdminScope() {
        assertThat(Answers.to(new RequestFrame("7", "a.b"), Role.OPERATOR, Scopes.of("operator.read")))
                .isEqualTo("""
                {"type":"res","id":"7","ok":false,"error":{"code":"FORBIDDEN","message":"missing scope: operator.admin",\
                "details":{"code":"MISSING_SCOPE","missingScope":"operator.admin","requiredScopes":["operator.admin"]}}}""");
    }
}
