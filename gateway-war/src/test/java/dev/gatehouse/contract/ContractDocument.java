package dev.gatehouse.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;

/** The contract as tests read it: what operations there are, and whether a value is what a schema says. Immutable. */
public final class ContractDocument {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private final JsonNode document;
    private final JsonNode closed;

    private ContractDocument(JsonNode document) {
        this.document = document;
        this.closed = close(document.deepCopy());
    }

    /** The contract as the gateway serves it. */
    public static ContractDocument read() {
        try {
            return new ContractDocument(JSON.readTree(Contract.asJson().content()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole document. */
    public JsonNode json() {
        return document;
    }

    /** Every operation, in the order of the document. */
    public List<ContractOperation> operations() {
        List<ContractOperation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> member : path.getValue().properties()) {
                if (!member.getKey().equals("parameters")) {
                    operations.add(new ContractOperation(
                            this,
                            member.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            member.getValue(),
                            parameters(path.getValue(), member.getValue())));
                }
            }
        }
        return operations;
    }

    /** What a reference leads to, with what is said beside it; anything else as it is. */
    public JsonNode resolve(JsonNode node) {
        if (!node.has("$ref")) {
            return node;
        }
        ObjectNode target =
                resolve(document.at(node.path("$ref").asText().substring(1))).deepCopy();
        node.properties().stream()
                .filter(member -> !member.getKey().equals("$ref"))
                .forEach(member -> target.set(member.getKey(), member.getValue()));
        return target;
    }

    /** A schema of the components, resolved. */
    public JsonNode schema(String name) {
        JsonNode found = document.at("/components/schemas/" + name);
        if (found.isMissingNode()) {
            throw new AssertionError("openapi.yaml has no components/schemas/" + name);
        }
        return resolve(found);
    }

    /**
     * What is wrong with a value of the gateway's. Members that no schema names are wrong here, although clients shall skip
     * them: the gateway knows what it says.
     */
    public List<String> objections(JsonNode schema, JsonNode value) {
        ObjectNode whole = close(schema.deepCopy()).deepCopy();
        whole.set("components", closed.path("components"));
        return SCHEMAS.getSchema(whole, STRICT).validate(value).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    private List<JsonNode> parameters(JsonNode path, JsonNode operation) {
        List<JsonNode> parameters = new ArrayList<>();
        path.path("parameters").forEach(each -> parameters.add(resolve(each)));
        operation.path("parameters").forEach(each -> parameters.add(resolve(each)));
        return parameters;
    }

    private static JsonNode close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        StreamSupport.stream(node.spliterator(), false).forEach(ContractDocument::close);
        return node;
    }
}
