package dev.gatehouse.protocol;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequestFrameTest {

    @Test
    void request_isParsed() throws Exception {
        JsonNode params = new ObjectMapper().readTree("{\"id\":[[1,null]],\"a\":\"b\"}");

        assertThat(RequestFrame.parse(
                        "{\"params\":" + params + ",\"type\":\"req\",\"x\":2,\"id\":\"7\",\"method\":\"m\"}"))
                .isEqualTo(new RequestFrame("7", "m", Optional.of(params)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "\"text\"", "[]", "true"})
    void parameters_thatAreNoObject_areKeptForTheMethodToRefuse(String params) throws Exception {
        assertThat(RequestFrame.parse("{\"type\":\"req\",\"id\":\"7\",\"method\":\"m\",\"params\":" + params + "}"))
                .isEqualTo(new RequestFrame("7", "m", Optional.of(new ObjectMapper().readTree(params))));
    }

    @Test
    void request_withoutParameters_hasAnEmptyObject() {
        assertThat(RequestFrame.parse("{\"type\":\"req\",\"id\":\"7\",\"method\":\"m\"}"))
                .isEqualTo(new RequestFrame("7", "m", Optional.of(JsonNodeFactory.instance.objectNode())));
    }

    @Test
    void largeRequest_isParsed_withoutItsParameters() {
        String text = "{\"type\":\"req\",\"id\":\"7\",\"method\":\"m\",\"params\":\"" + "x".repeat(1 << 20) + "\"}";

        assertThat(RequestFrame.parse(text)).isEqualTo(new RequestFrame("7", "m", Optional.empty()));
    }

    @Test
    void largeRequestOfANode_isParsed_withItsParameters() {
        String text = "{\"type\":\"req\",\"id\":\"7\",\"method\":\"m\",\"params\":\"" + "x".repeat(1 << 20) + "\"}";

        assertThat(RequestFrame.parse(text, RequestFrame.NODE_READ_MAX))
                .isEqualTo(new RequestFrame("7", "m", Optional.of(TextNode.valueOf("x".repeat(1 << 20)))));
    }

    @Test
    void largeRequestOfANode_withTooManyValues_isIgnored() {
        String text = "{\"type\":\"req\",\"id\":\"7\",\"method\":\"m\",\"params\":[" + "1,".repeat(1 << 18) + "1]}";

        assertThat(RequestFrame.parse(text, RequestFrame.NODE_READ_MAX)).isEqualTo(new LaterFrame.NotJson());
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
}
