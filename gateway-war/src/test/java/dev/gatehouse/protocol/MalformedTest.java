package dev.gatehouse.protocol;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is told to a client whose first frame is not a connect frame. */
class MalformedTest {

    private static final String ABSENT = "absent";

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "hello", "{", "{}x", "{} {}", "{\"a\":1,}", "'a'", "NaN", "{\"a\":01}"})
    void notJson_isTold(String text) {
        Malformed malformed = ConnectJson.malformed(text);

        assertThat(malformed.id()).isEqualTo("invalid");
        assertThat(malformed.refusal().error().message()).isEqualTo("invalid request frame: not JSON");
        assertThat(malformed.refusal().error().details()).hasToString("{code=PROTOCOL_MISMATCH, reason=not-json}");
        assertThat(malformed.refusal().closeCode()).isEqualTo(1008);
        assertThat(malformed.refusal().closeReason()).isEqualTo("invalid request frame: not JSON");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            null                                  | must be object
            []                                    | must be object
            {}                                    | must have required property 'type'; must have required property 'id'; must have required property 'method'
            {"type":"res","id":"7","method":"m"}  | at /type: must be equal to constant
            {"type":"req","id":7,"method":"m"}    | at /id: must be string
            {"type":"req","id":"","method":"m"}   | at /id: must NOT have fewer than 1 characters
            {"type":"req","id":"7","method":[]}   | at /method: must be string
            """)
    void invalidFrame_isTold(String text, String problems) {
        Malformed malformed = ConnectJson.malformed(text);

        assertThat(malformed.refusal().error().message()).isEqualTo("invalid request frame: " + problems);
        assertThat(ConnectJson.reason(malformed)).isEqualTo("invalid-frame");
        assertThat(malformed.refusal().closeReason()).isEqualTo("invalid request frame");
    }

    @Test
    void ownId_isAnswered_whenItIsUsable() {
        String longest = "x".repeat(256);

        assertThat(ConnectJson.malformed("{\"id\":\"7\"}").id()).isEqualTo("7");
        assertThat(ConnectJson.malformed("{\"id\":\"" + longest + "\"}").id()).isEqualTo(longest);
        assertThat(ConnectJson.malformed("{\"id\":\"" + longest + "x\"}").id()).isEqualTo("invalid");
        assertThat(ConnectJson.malformed("{\"id\":\"\"}").id()).isEqualTo("invalid");
        assertThat(ConnectJson.malformed("{\"id\":\"\\ud800\"}").id()).isEqualTo("invalid");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /params                   | absent        | must be object
            /params                   | []            | must be object
            /params/minProtocol       | absent        | must have required property 'minProtocol'
            /params/minProtocol       | 0             | at /minProtocol: must be >= 1
            /params/maxProtocol       | 4.0           | at /maxProtocol: must be integer
            /params/maxProtocol       | 2147483648    | at /maxProtocol: must be <= 2147483647
            /params/maxProtocol       | 1234567890123456789012345678901 | at /maxProtocol: must be <= 2147483647
            /params/maxProtocol       | -1234567890123456789012345678901 | at /maxProtocol: must be >= 1
            /params/client            | absent        | must have required property 'client'
            /params/client/platform   | absent        | at /client: must have required property 'platform'
            /params/client/platform   | ""            | at /client/platform: must NOT have fewer than 1 characters
            /params/client/id         | "openclaw-x"  | at /client/id: must be equal to one of the allowed values
            /params/client/mode       | "gui"         | at /client/mode: must be equal to one of the allowed values
            /params/client/displayName| ""            | at /client/displayName: must NOT have fewer than 1 characters
            /params/client/timeZone   | "12345678901234567890123456789012345678901234567890123456789012345" | at /client/timeZone: must NOT have more than 64 characters
            /params/scopes            | [1]           | at /scopes/0: must be string
            /params/scopes            | "a"           | at /scopes: must be array
            /params/caps              | ["a",null]    | at /caps/1: must be string
            /params/permissions       | {"a":"b"}     | at /permissions: must have boolean values only
            /params/auth/token        | 5             | at /auth/token: must be string
            /params/device/signedAt   | -1            | at /device/signedAt: must be >= 0
            /params/device/signedAt   | 9007199254740992 | at /device/signedAt: must be <= 9007199254740991
            /params/device/nonce      | ""            | at /device/nonce: must NOT have fewer than 1 characters
            /params/device/signature  | absent        | at /device: must have required property 'signature'
            /params/device            | null          | at /device: must be object
            """)
    void invalidParams_areTold(String pointer, String value, String problem) {
        Malformed malformed = ConnectJson.malformed(
                ConnectJson.with(ConnectJson.full(), pointer, Optional.of(value).filter(json -> !json.equals(ABSENT)))
                        .toString());

        String message = "invalid connect params: " + problem;
        assertThat(malformed.id()).isEqualTo("1:a");
        assertThat(malformed.refusal().error().message()).isEqualTo(message);
        assertThat(malformed.refusal().error().details())
                .hasToString("{code=PROTOCOL_MISMATCH, reason=invalid-params}");
        assertThat(malformed.refusal().closeReason()).isEqualTo(message.substring(0, Math.min(120, message.length())));
    }

    @Test
    void manyProblems_areTold_upToFive() {
        Malformed malformed = ConnectJson.malformed(
                "{\"type\":\"req\",\"id\":\"1\",\"method\":\"connect\",\"params\":{\"client\":{},\"caps\":1}}");

        assertThat(malformed.refusal().error().message()).isEqualTo("""
                invalid connect params: must have required property 'minProtocol'; must have required property 'maxProtocol'; \
                at /caps: must be array; at /client: must have required property 'id'; \
                at /client: must have required property 'mode'""");
    }

    @ParameterizedTest
    @CsvSource({"/params/role,worker", "/params/client/id,openclaw-worker", "/params/client/mode,worker"})
    void workerClaim_isRefused(String pointer, String claim) {
        Malformed malformed =
                ConnectJson.malformed(ConnectJson.with(ConnectJson.minimal(), pointer, "\"" + claim + "\"")
                        .toString());

        assertThat(malformed.id()).isEqualTo("1:a");
        assertThat(ConnectJson.reason(malformed)).isEqualTo("worker-not-supported");
        assertThat(malformed.refusal().closeCode()).isEqualTo(1008);
        assertThat(malformed.refusal().closeReason()).isEqualTo("invalid-handshake");
    }

    @Test
    void otherMethod_isRefused() {
        Malformed malformed = ConnectJson.malformed("{\"type\":\"req\",\"id\":\"1\",\"method\":\"health\"}");

        assertThat(malformed.refusal().error().message()).isEqualTo("invalid handshake: first request must be connect");
        assertThat(ConnectJson.reason(malformed)).isEqualTo("connect-expected");
    }
}
