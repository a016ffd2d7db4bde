package dev.gatehouse.control;

import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SystemRunTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"approved\":true}",
                "{\"approvalDecision\":\"allow-once\"}",
                "{\"approvalDecision\":\"allow-always\",\"runId\":\"r\"}",
                "{\"approvalSource\":\"ask-fallback\"}"
            })
    void commandThatSaysItWasApproved_isRefused(String params) throws JsonProcessingException {
        assertThat(SystemRun.objection(json(params)))
                .hasValueSatisfying(error -> assertThat(error.message()).isEqualTo("exec approvals unavailable"));
    }

    @Test
    void command_isPassedOn_withoutWhatIsNotPartOfIt() throws JsonProcessingException {
        Optional<JsonNode> said = json("{\"command\":[\"ls\"],\"cwd\":\"/\",\"approved\":false,\"sudo\":true}");

        assertThat(SystemRun.objection(said)).isEmpty();
        assertThat(SystemRun.passedOn(said)).isEqualTo(json("{\"command\":[\"ls\"],\"cwd\":\"/\"}"));
        assertThat(SystemRun.passedOn(json("[1]"))).isEqualTo(json("[1]"));
        assertThat(SystemRun.passedOn(Optional.empty())).isEmpty();
    }

    private static Optional<JsonNode> json(String text) throws JsonProcessingException {
        return Optional.of(new ObjectMapper().readTree(text));
    }
}
