package dev.gatehouse.contract;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.gatehouse.console.ServletCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The contract as it is served. */
class ContractServletTest {

    private final ContractServlet json = new ContractServlet(ContractServlet.Form.JSON);

    @Test
    void bothForms_areTheSameDocument() throws IOException {
        Call asJson = new Call().get(json);
        Call asYaml = new Call().get(new ContractServlet(ContractServlet.Form.YAML));

        assertThat(asJson.headers).containsEntry("Content-Type", "application/json");
        assertThat(asYaml.headers).containsEntry("Content-Type", "application/yaml");
        JsonNode document = new ObjectMapper().readTree(asJson.body());
        assertThat(document).isEqualTo(new YAMLMapper().readTree(asYaml.body()));
        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
    }

    @ParameterizedTest
    @EnumSource(ContractServlet.Form.class)
    void answer_mayBeKeptForAWhile(ContractServlet.Form form) throws IOException {
        Call call = new Call().get(new ContractServlet(form));

        assertThat(call.status).isEqualTo(200);
        assertThat(call.headers.get("Cache-Control")).isEqualTo("public, max-age=300");
        assertThat(call.headers.get("ETag")).matches("\"[0-9a-f]{32}\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"other\", %s", "*"})
    void caller_thatHasIt_isNotSentItAgain(String known) throws IOException {
        String tag = new Call().get(json).headers.get("ETag");

        Call call = new Call().with("If-None-Match", known.formatted(tag)).get(json);

        assertThat(call.status).isEqualTo(304);
        assertThat(call.body()).isEmpty();
        assertThat(call.headers).containsEntry("ETag", tag);
    }

    @Test
    void caller_thatHasAnotherState_isSentThisOne() throws IOException {
        Call call = new Call().with("If-None-Match", "\"0123\"").get(json);

        assertThat(call.status).isEqualTo(200);
    }

    private static final class Call extends ServletCall<Call> {

        Call get(ContractServlet servlet) throws IOException {
            servlet.doGet(request("GET"), response());
            return this;
        }
    }
}
