package dev.gatehouse.bootstrap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.contract.ContractDocument;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An answer that is as the contract says: its status, its type, its headers and every member of its body.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body the JSON, where it is some; a missing node otherwise
 */
record ContractAnswer(int status, HttpHeaders headers, JsonNode body) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int PATIENCE_SECONDS = 20;

    /** What clients go by. */
    private static final List<String> TELLING =
            List.of("ETag", "Location", "Content-Location", "Retry-After", "Content-Disposition");

    private static final String STREAM = "text/event-stream";
    private static final String LINES = "application/x-ndjson";

    /** Makes a call, and examines its answer. */
    static ContractAnswer to(ContractCall call, Function<String, URI> base) {
        HttpResponse<InputStream> response =
                soon(CLIENT.sendAsync(call.request(base), HttpResponse.BodyHandlers.ofInputStream()));
        JsonNode declared = call.operation()
                .answer(response.statusCode())
                .orElseThrow(() -> new AssertionError(call.operation() + " answered " + response.statusCode()
                        + ", which is not in its responses: " + all(response.body())));
        assertHeaders(
                response.headers(), declared.path("headers"), call.operation().document());
        return new ContractAnswer(
                response.statusCode(),
                response.headers(),
                examined(response, declared, call.operation().document()));
    }

    private static void assertHeaders(HttpHeaders headers, JsonNode declared, ContractDocument contract) {
        for (var header : declared.properties()) {
            if (contract.resolve(header.getValue()).path("required").asBoolean()) {
                assertThat(headers.map()).containsKey(header.getKey());
            }
        }
        for (String name : TELLING) {
            assertThat(declared.has(name) || headers.firstValue(name).isEmpty())
                    .as("%s is in the answer and not in its headers: %s", name, declared)
                    .isTrue();
        }
    }

    private static JsonNode examined(HttpResponse<InputStream> response, JsonNode declared, ContractDocument contract) {
        JsonNode content = declared.path("content");
        if (content.isMissingNode()) {
            assertThat(soon(CompletableFuture.supplyAsync(() -> all(response.body()))))
                    .isEmpty();
            return MissingNode.getInstance();
        }
        String type =
                response.headers().firstValue("Content-Type").orElse("none").replaceFirst(";.*", "");
        assertThat(content.has(type)).as("type '%s' in %s", type, content).isTrue();
        if (type.equals(STREAM)) {
            return entry(soon(CompletableFuture.supplyAsync(() -> firstEvent(response.body()))), contract);
        }
        String text = soon(CompletableFuture.supplyAsync(() -> all(response.body())));
        if (type.equals(LINES)) {
            assertThat(text.lines()).isNotEmpty().allSatisfy(line -> entry(line, contract));
            return MissingNode.getInstance();
        }
        if (!type.endsWith("json")) {
            assertThat(text).isNotEmpty();
            return MissingNode.getInstance();
        }
        JsonNode body = parsed(text);
        assertThat(contract.objections(content.path(type).path("schema"), body))
                .as("%s", body)
                .isEmpty();
        if (declared.has("x-gatehouse-codes")) {
            assertThat(declared.path("x-gatehouse-codes"))
                    .as("%s", body)
                    .extracting(JsonNode::asText)
                    .contains(body.path("code").asText());
            assertThat(body.path("status").asInt()).isEqualTo(response.statusCode());
        }
        return body;
    }

    /** An entry of the journal; on the stream, it has no hash. */
    private static JsonNode entry(String line, ContractDocument contract) {
        ObjectNode entry = (ObjectNode) parsed(line);
        if (!entry.has("hash")) {
            entry.put("hash", "0".repeat(64));
        }
        assertThat(contract.objections(contract.schema("AuditEntry"), entry))
                .as(line)
                .isEmpty();
        return entry;
    }

    private static String firstEvent(InputStream stream) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("data: ")) {
                line = lines.readLine();
            }
            if (line == null) {
                throw new AssertionError("the stream ended without an event");
            }
            return line.substring("data: ".length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String all(InputStream body) {
        try (body) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON: " + text, e);
        }
    }

    private static <T> T soon(CompletableFuture<T> coming) {
        return coming.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
