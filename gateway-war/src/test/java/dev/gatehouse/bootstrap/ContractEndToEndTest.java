package dev.gatehouse.bootstrap;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.contract.ContractDocument;
import dev.gatehouse.contract.ContractOperation;
import dev.gatehouse.device.KeyScope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * Every operation of the contract, called on a whole gateway: with what it needs, and with everything that the contract
 * says is refused. The calls are made from the document, so that a new operation is called as soon as it is described.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractEndToEndTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NOBODY = "nobody";
    private static final int BODY_MAX = 64 * 1024;

    private final ContractDocument contract = ContractDocument.read();
    private final Map<KeyScope, String> keys = new EnumMap<>(KeyScope.class);
    private GatewayFixture gateway;
    private RestServer rest;
    private ContractStates states;

    @BeforeAll
    void start(@TempDir Path folder) {
        gateway = GatewayFixture.withWebhook(folder.resolve("home"));
        rest = gateway.rest();
        states = new ContractStates(gateway, rest);
        Arrays.stream(KeyScope.values()).forEach(scope -> keys.put(scope, gateway.apiKey(scope)));
    }

    @AfterAll
    void stop() {
        rest.close();
        gateway.close();
    }

    @TestFactory
    Stream<DynamicNode> operation_doesWhatItsContractSays() {
        return contract.operations().stream()
                .map(operation -> dynamicContainer(operation.toString(), cases(operation)));
    }

    private List<DynamicTest> cases(ContractOperation operation) {
        List<DynamicTest> cases = new ArrayList<>();
        cases.addAll(successes(operation));
        cases.addAll(callers(operation));
        cases.addAll(parameters(operation));
        operation.body().ifPresent(schema -> cases.addAll(bodies(operation, schema)));
        return cases;
    }

    private List<DynamicTest> successes(ContractOperation operation) {
        List<DynamicTest> cases = new ArrayList<>();
        operation.answers().forEach((status, answer) -> {
            if (status < 300) {
                cases.add(dynamicTest("succeeds", () -> assertSuccess(status, ready(operation))));
                answer.path("content")
                        .fieldNames()
                        .forEachRemaining(type -> cases.add(dynamicTest("gives " + type, () -> {
                            ContractAnswer given = to(ready(operation).wanting(type));
                            assertThat(given.headers()
                                            .firstValue("Content-Type")
                                            .orElseThrow())
                                    .startsWith(type);
                        })));
            }
            if (status == 304) {
                cases.add(dynamicTest("is not sent again", () -> {
                    ContractCall call = ready(operation);
                    String tag = to(call).headers().firstValue("ETag").orElseThrow();
                    assertStatus(304, call.with("If-None-Match", tag));
                }));
            }
        });
        cases.add(dynamicTest("takes what generated clients accept", () -> {
            ContractAnswer answer = to(ready(operation).wanting(everyType(operation)));
            assertThat(answer.status()).isLessThan(300);
        }));
        if (names(operation, "header").contains("If-Match")) {
            cases.add(dynamicTest(
                    "is not done to something else",
                    () -> assertStatus(412, ready(operation).with("If-Match", "\"other\""))));
        }
        if (names(operation, "header").contains("Idempotency-Key")) {
            cases.add(dynamicTest("is done once", () -> assertDoneOnce(operation)));
        }
        if (names(operation, "query").contains("limit")) {
            cases.add(dynamicTest("leads from page to page", () -> assertPages(operation)));
        }
        return cases;
    }

    private List<DynamicTest> callers(ContractOperation operation) {
        if (operation.isPublic()) {
            return List.of();
        }
        List<DynamicTest> cases = new ArrayList<>();
        cases.add(dynamicTest("without a key", () -> {
            ContractAnswer answer = to(ready(operation).withKey(Optional.empty()));
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"gatehouse\"");
        }));
        KeyScope needed = KeyScope.parse(operation.scope()).orElseThrow();
        for (KeyScope held : KeyScope.values()) {
            if (!held.covers(needed)) {
                cases.add(dynamicTest("with a key to " + held.label(), () -> {
                    ContractAnswer answer = to(ready(operation).withKey(Optional.of(key(held))));
                    assertThat(answer.status()).isEqualTo(403);
                    assertThat(answer.body().path("code").asText()).isEqualTo("KEY_SCOPE_INSUFFICIENT");
                }));
            }
        }
        return cases;
    }

    private List<DynamicTest> parameters(ContractOperation operation) {
        List<DynamicTest> cases = new ArrayList<>();
        for (String name : names(operation, "path")) {
            cases.add(dynamicTest(
                    "unknown " + name, () -> assertStatus(404, ready(operation).with(name, NOBODY))));
        }
        for (JsonNode parameter : operation.parameters()) {
            if (!parameter.path("in").asText().equals("path")) {
                String name = parameter.path("name").asText();
                for (String bad : BadValues.ofParameter(contract.resolve(parameter.path("schema")))) {
                    if (parameter.path("in").asText().equals("header") && !bad.matches("\\p{ASCII}*")) {
                        continue; // no client can send that
                    }
                    cases.add(dynamicTest(
                            name + "=" + bad,
                            () -> assertStatus(400, ready(operation).with(name, bad))));
                }
            }
        }
        return cases;
    }

    private List<DynamicTest> bodies(ContractOperation operation, JsonNode schema) {
        List<DynamicTest> cases = new ArrayList<>();
        cases.add(dynamicTest(
                "half a body", () -> assertStatus(400, ready(operation).saying("{"))));
        cases.add(dynamicTest(
                "too large a body", () -> assertStatus(413, ready(operation).saying(" ".repeat(BODY_MAX) + "{}"))));
        cases.add(dynamicTest(
                "unknown member", () -> assertStatus(400, changed(operation, body -> body.put(NOBODY, "x")))));
        if (operation.answers().containsKey(415)) {
            cases.add(dynamicTest(
                    "body of another type",
                    () -> assertStatus(415, ready(operation).declaring("text/plain"))));
        }
        for (JsonNode required : schema.path("required")) {
            cases.add(dynamicTest(
                    "without " + required.asText(),
                    () -> assertRefused(changed(operation, body -> body.remove(required.asText())))));
        }
        for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
            JsonNode inside = contract.resolve(member.getValue());
            cases.add(dynamicTest(member.getKey() + " of another type", () -> {
                JsonNode other = JSON.readTree(BadValues.ofOtherType(inside));
                assertStatus(400, changed(operation, body -> body.set(member.getKey(), other)));
            }));
            for (String bad : BadValues.texts(inside)) {
                cases.add(dynamicTest(
                        member.getKey() + ": " + bad,
                        () -> assertRefused(changed(operation, body -> body.put(member.getKey(), bad)))));
            }
        }
        return cases;
    }

    private void assertSuccess(int status, ContractCall call) {
        ContractAnswer answer = to(call);

        assertThat(answer.status()).isEqualTo(status);
        if (answer.body().path("items").isArray()) {
            assertThat(answer.body().path("items")).isNotEmpty();
        }
    }

    private void assertPages(ContractOperation operation) throws Exception {
        ready(operation); // so that there are two
        ContractCall call = ready(operation).with("limit", "1");
        ContractAnswer first = to(call);
        String next = first.body().path("next").asText();
        ContractAnswer second = to(call.with("after", next));

        assertThat(first.body().path("items")).hasSize(1);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body().path("items"))
                .hasSize(1)
                .isNotEqualTo(first.body().path("items"));
        for (JsonNode parameter : operation.parametersIn("query")) {
            if (parameter.path("name").asText().equals("after")) {
                assertThat(next).matches(parameter.at("/schema/pattern").asText("[0-9]{1,19}"));
            }
        }
    }

    private void assertDoneOnce(ContractOperation operation) throws Exception {
        ContractCall call =
                ready(operation).with("Idempotency-Key", UUID.randomUUID().toString());
        ContractAnswer first = to(call);
        ContractAnswer again = to(call);

        assertThat(first.status()).isLessThan(300);
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertStatus(422, call.wanting("application/json"));
    }

    private void assertStatus(int status, ContractCall call) {
        assertThat(to(call).status()).isEqualTo(status);
    }

    private void assertRefused(ContractCall call) {
        assertThat(to(call).status()).isIn(400, 422);
    }

    /** What succeeds, with the least key that is enough. */
    private ContractCall ready(ContractOperation operation) throws Exception {
        String key = key(KeyScope.parse(operation.scope()).orElse(KeyScope.READ));
        return ContractCall.of(operation, states.prepare(operation.id()), key);
    }

    private String key(KeyScope scope) {
        return Optional.ofNullable(keys.get(scope)).orElseThrow();
    }

    private ContractCall changed(ContractOperation operation, Consumer<ObjectNode> change) throws Exception {
        ContractCall call = ready(operation);
        ObjectNode body = (ObjectNode) JSON.readTree(call.body().orElseThrow());
        change.accept(body);
        return call.saying(body.toString());
    }

    private ContractAnswer to(ContractCall call) {
        return ContractAnswer.to(call, rest::uri);
    }

    /** Generators have their clients accept whatever any answer of an operation may be. */
    private static String everyType(ContractOperation operation) {
        Set<String> types = new TreeSet<>();
        operation
                .answers()
                .values()
                .forEach(answer -> answer.path("content").fieldNames().forEachRemaining(types::add));
        return types.isEmpty() ? "*/*" : String.join(", ", types);
    }

    private static List<String> names(ContractOperation operation, String place) {
        return operation.parametersIn(place).stream()
                .map(parameter -> parameter.path("name").asText())
                .toList();
    }
}
