package dev.gatehouse.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The contract is an OpenAPI document, by the judgement of others, and says of each operation what a caller must know. */
class ContractTest {

    /** As the OpenAPI Initiative publishes it, under Apache-2.0; it leaves schemas to their own dialect. */
    private static final String OFFICIAL = "oas-3.1-schema-2026-08-03.json";

    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);

    private final ContractDocument contract = ContractDocument.read();

    @Test
    void contract_isADocumentOfOpenApi31() {
        assertThat(SCHEMAS.getSchema(official()).validate(contract.json())).isEmpty();
    }

    @Test
    void schemas_areOnesByTheirDialect() {
        JsonSchema dialect = SCHEMAS.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        List<JsonNode> schemas = new ArrayList<>();
        visit(contract.json(), (name, value) -> {
            if (name.equals("schema")) {
                schemas.add(value);
            }
        });
        contract.json().at("/components/schemas").forEach(schemas::add);

        assertThat(schemas)
                .hasSizeGreaterThan(100)
                .allSatisfy(schema -> assertThat(dialect.validate(schema)).isEmpty());
    }

    @Test
    void contract_isReadByTheParserOfTheGenerators_withoutComplaint() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        String yaml = new String(Contract.asYaml().content(), StandardCharsets.UTF_8);

        SwaggerParseResult read = new OpenAPIV3Parser().readContents(yaml, List.of(), options);

        assertThat(read.getMessages()).isEmpty();
        assertThat(read.getOpenAPI().getPaths())
                .hasSize(contract.json().path("paths").size());
    }

    @Test
    void examples_areWhatTheirSchemasSay() {
        List<String> wrong = new ArrayList<>();
        Set<String> found = new HashSet<>();
        for (Map.Entry<String, JsonNode> schema :
                contract.json().at("/components/schemas").properties()) {
            for (JsonNode example : schema.getValue().path("examples")) {
                found.add(schema.getKey());
                contract.objections(schema.getValue(), example)
                        .forEach(objection -> wrong.add(schema.getKey() + ": " + objection));
            }
        }

        assertThat(found).contains("Problem", "PairingRequest", "KeyOrder");
        assertThat(wrong).isEmpty();
    }

    @Test
    void references_leadSomewhere_andEverythingIsReferredTo() {
        Set<String> references = new HashSet<>();
        visit(contract.json(), (name, value) -> {
            if (name.equals("$ref")) {
                references.add(value.asText());
            }
        });
        Set<String> components = new HashSet<>();
        for (String kind : List.of("schemas", "responses", "parameters", "headers")) {
            contract.json()
                    .at("/components/" + kind)
                    .fieldNames()
                    .forEachRemaining(name -> components.add("#/components/" + kind + "/" + name));
        }

        assertThat(references).isEqualTo(components);
    }

    @Test
    void operations_areNamedOnce_andSayWhatTheyNeedAndAnswer() {
        assertThat(contract.operations()).extracting(ContractOperation::id).doesNotHaveDuplicates();
        assertThat(contract.operations()).allSatisfy(operation -> {
            assertThat(operation.id()).as("%s", operation).matches("[a-z]+[A-Za-z]+");
            assertThat(operation.scope()).as("%s", operation).isIn("none", "read", "approve", "manage", "admin");
            assertThat(operation.json().path("tags")).as("%s", operation).hasSize(1);
            assertThat(operation.answers().keySet())
                    .as("%s", operation)
                    .anyMatch(status -> status < 300)
                    .containsAll(operation.isPublic() ? Set.of() : Set.of(401, 403, 503));
            operation.answers().forEach((status, answer) -> {
                if (status >= 400) {
                    assertThat(answer.path("x-gatehouse-codes"))
                            .as("codes of %s of %s", status, operation)
                            .isNotEmpty();
                }
            });
        });
    }

    private static JsonNode official() {
        try (InputStream schema = ContractTest.class.getResourceAsStream(OFFICIAL)) {
            return new ObjectMapper().readTree(schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void visit(JsonNode node, BiConsumer<String, JsonNode> visitor) {
        node.properties().forEach(member -> visitor.accept(member.getKey(), member.getValue()));
        node.forEach(child -> visit(child, visitor));
    }
}
