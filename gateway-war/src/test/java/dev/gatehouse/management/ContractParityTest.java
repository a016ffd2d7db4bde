package dev.gatehouse.management;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.contract.ContractDocument;
import dev.gatehouse.contract.ContractOperation;
import dev.gatehouse.contract.ContractServlet;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The contract and the code name the same operations, and say the same about each. */
class ContractParityTest {

    private static final String BASE = "/api/v1";
    private static final String FILE = "openapi.yaml";

    /** What is answered by servlets, which JAX-RS knows nothing of. */
    private static final Set<String> SERVLETS = Stream.concat(
                    Stream.of(EventServlet.PATH, HealthServlet.PATH),
                    Stream.of(ContractServlet.Form.values()).map(ContractServlet.Form::path))
            .map(path -> "GET " + path.substring(BASE.length()))
            .collect(Collectors.toSet());

    private final Map<String, ContractOperation> documented = ContractDocument.read().operations().stream()
            .collect(Collectors.toMap(each -> each.method() + " " + each.path(), Function.identity()));
    private final Map<String, CodeOperation> coded = CodeOperation.all().stream()
            .collect(Collectors.toMap(each -> each.method() + " " + each.path(), Function.identity()));

    @Test
    void operations_ofTheCode_areInTheContract() {
        assertThat(coded.keySet().stream().filter(each -> !documented.containsKey(each)))
                .as("add these operations to paths of " + FILE + ", each with operationId, responses and"
                        + " x-gatehouse-scope")
                .isEmpty();
        assertThat(SERVLETS.stream().filter(each -> !documented.containsKey(each)))
                .as("add these operations to paths of " + FILE)
                .isEmpty();
    }

    @Test
    void operations_ofTheContract_areInTheCode() {
        assertThat(documented.keySet().stream().filter(each -> !coded.containsKey(each) && !SERVLETS.contains(each)))
                .as("nobody answers these; remove them from " + FILE + ", or name their resources in"
                        + " ManagementApplication")
                .isEmpty();
    }

    @Test
    void operation_saysTheSameInBoth() {
        List<String> differences = new ArrayList<>();
        coded.forEach((call, code) -> {
            if (documented.containsKey(call)) {
                differences.addAll(differences(code, documented.get(call)));
            }
        });

        assertThat(differences).isEmpty();
    }

    private static List<String> differences(CodeOperation code, ContractOperation contract) {
        List<String> found = new ArrayList<>();
        if (!code.scope().equals(contract.scope())) {
            found.add(code + ": write x-gatehouse-scope: " + code.scope());
        }
        if (!contract.json().path("description").asText().contains("`" + code.scope() + "`")) {
            found.add(code + ": the description must say that it needs a key that is good for `" + code.scope() + "`");
        }
        Set<String> parameters = names(contract, "query");
        if (!parameters.equals(code.query().keySet())) {
            found.add(code + ": its query parameters are " + code.query().keySet() + ", in " + FILE + " " + parameters);
        }
        contract.parametersIn("query").forEach(parameter -> {
            String fallback = contract.document()
                    .resolve(parameter.path("schema"))
                    .path("default")
                    .asText();
            String own = code.query().getOrDefault(parameter.path("name").asText(), fallback);
            if (!own.equals(fallback)) {
                found.add(code + ": write default: " + own + " to parameter "
                        + parameter.path("name").asText());
            }
        });
        boolean isDoneOnce = code.method().equals("POST") && !code.scope().equals("read");
        if (isDoneOnce != names(contract, "header").contains("Idempotency-Key")) {
            found.add(code + (isDoneOnce ? ": add" : ": remove") + " its parameter Idempotency-Key");
        }
        found.addAll(differencesOfBodies(code, contract));
        return found;
    }

    private static List<String> differencesOfBodies(CodeOperation code, ContractOperation contract) {
        List<String> found = new ArrayList<>();
        if (code.takesBody() != contract.body().isPresent()) {
            found.add(code + (code.takesBody() ? ": add" : ": remove") + " its requestBody");
        }
        if (code.takesBody() != contract.answers().containsKey(415)) {
            found.add(code + (code.takesBody() ? ": add" : ": remove") + " its answer '415'");
        }
        boolean isGuarded = contract.json().path("security").toString().contains("csrfToken");
        if (isGuarded == code.method().equals("GET")) {
            found.add(code + ": calls that are no reads, and only those, have csrfToken in their security");
        }
        return found;
    }

    private static Set<String> names(ContractOperation contract, String place) {
        return contract.parametersIn(place).stream()
                .map(parameter -> parameter.path("name"))
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
