package dev.gatehouse.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One operation of the contract.
 *
 * @param document what it belongs to
 * @param method the HTTP method, in upper case
 * @param path with its parameters in braces
 * @param json the operation
 * @param parameters its parameters, resolved
 */
public record ContractOperation(
        ContractDocument document, String method, String path, JsonNode json, List<JsonNode> parameters) {

    /** The name of the operation. */
    public String id() {
        return json.path("operationId").asText();
    }

    /** What an API key must be good for, or none. */
    public String scope() {
        return json.path("x-gatehouse-scope").asText();
    }

    /** Whether it asks for no key. */
    public boolean isPublic() {
        return scope().equals("none");
    }

    /** The parameters in one place: path, query or header. */
    public List<JsonNode> parametersIn(String place) {
        return parameters.stream()
                .filter(each -> each.path("in").asText().equals(place))
                .toList();
    }

    /** Every answer by its status, resolved. */
    public Map<Integer, JsonNode> answers() {
        return json.path("responses").properties().stream()
                .collect(Collectors.toMap(
                        each -> Integer.valueOf(each.getKey()), each -> document.resolve(each.getValue())));
    }

    /** The answer of a status, if there may be one. */
    public Optional<JsonNode> answer(int status) {
        return Optional.ofNullable(answers().get(status));
    }

    /** The schema of the JSON that it takes, if it takes any. */
    public Optional<JsonNode> body() {
        return Optional.of(json.at("/requestBody/content/application~1json/schema"))
                .filter(schema -> !schema.isMissingNode())
                .map(document::resolve);
    }

    @Override
    public String toString() {
        return id() + ": " + method + " " + path;
    }
}
