package dev.gatehouse.bootstrap;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.contract.ContractOperation;

/**
 * A call of an operation, as the contract says that it is made.
 *
 * @param operation what is called
 * @param parameters values by names; those that the operation does not know are left out
 * @param body the body
 * @param mediaType what the body is declared as
 * @param accept what the caller wants
 * @param key the API key
 */
record ContractCall(
        ContractOperation operation,
        Map<String, String> parameters,
        Optional<String> body,
        String mediaType,
        Optional<String> accept,
        Optional<String> key) {

    static ContractCall of(ContractOperation operation, ContractStates.Ready ready, String key) {
        return new ContractCall(
                operation,
                ready.parameters(),
                ready.body(),
                "application/json",
                Optional.empty(),
                Optional.of(key).filter(given -> !operation.isPublic()));
    }

    ContractCall with(String parameter, String value) {
        Map<String, String> more = new TreeMap<>(parameters);
        more.put(parameter, value);
        return new ContractCall(operation, more, body, mediaType, accept, key);
    }

    ContractCall saying(String otherBody) {
        return new ContractCall(operation, parameters, Optional.of(otherBody), mediaType, accept, key);
    }

    ContractCall declaring(String otherMediaType) {
        return new ContractCall(operation, parameters, body, otherMediaType, accept, key);
    }

    ContractCall wanting(String answerType) {
        return new ContractCall(operation, parameters, body, mediaType, Optional.of(answerType), key);
    }

    ContractCall withKey(Optional<String> otherKey) {
        return new ContractCall(operation, parameters, body, mediaType, accept, otherKey);
    }

    /** The call as HTTP has it. */
    HttpRequest request(Function<String, URI> base) {
        String path = operation.path();
        for (JsonNode parameter : operation.parametersIn("path")) {
            String name = parameter.path("name").asText();
            path = path.replace("{" + name + "}", encoded(value(name).orElseThrow()));
        }
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        for (JsonNode parameter : operation.parametersIn("query")) {
            String name = parameter.path("name").asText();
            value(name).ifPresent(value -> query.add(name + "=" + encoded(value)));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(base.apply(path + query));
        for (JsonNode parameter : operation.parametersIn("header")) {
            String name = parameter.path("name").asText();
            value(name).ifPresent(value -> request.header(name, value));
        }
        key.ifPresent(presented -> request.header("Authorization", "Bearer " + presented));
        accept.ifPresent(type -> request.header("Accept", type));
        body.ifPresent(content -> request.header("Content-Type", mediaType));
        return request.method(
                        operation.method(),
                        body.map(HttpRequest.BodyPublishers::ofString).orElseGet(HttpRequest.BodyPublishers::noBody))
                .build();
    }

    private Optional<String> value(String parameter) {
        return Optional.ofNullable(parameters.get(parameter));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
