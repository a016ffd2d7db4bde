package dev.gatehouse.management;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.contract.ContractDocument;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the API takes and answers has the members that the contract says, and may leave out the same ones. */
class ContractMembersTest {

    private static final Set<Class<?>> WHOLE_NUMBERS = Set.of(int.class, long.class, Integer.class, Long.class);

    private final ContractDocument contract = ContractDocument.read();
    private final List<String> differences = new ArrayList<>();

    /** The records by their schemas; those inside them are found. */
    private static Map<String, Class<? extends Record>> records() {
        Map<String, Class<? extends Record>> records = new LinkedHashMap<>();
        records.put("Problem", Problem.class);
        records.put("PairingRequest", PairingRequestView.class);
        records.put("Approval", ApprovalBody.class);
        records.put("LabelChange", LabelBody.class);
        records.put("Devices", Page.class);
        records.put("Device", DeviceView.class);
        records.put("RotationOrder", RotationBody.class);
        records.put("Rotation", RotationView.class);
        records.put("InvitationOrder", InvitationBody.class);
        records.put("NewInvitation", NewInvitationView.class);
        records.put("Invitation", InvitationView.class);
        records.put("Node", NodeView.class);
        records.put("Sessions", Page.class);
        records.put("Session", SessionView.class);
        records.put("Refusals", Page.class);
        records.put("RefusalLine", RefusalLine.class);
        records.put("Refusal", RefusalView.class);
        records.put("Chain", ChainView.class);
        records.put("ExplainOrder", ExplainBody.class);
        records.put("Explanation", ExplanationView.class);
        records.put("AuditEntries", Page.class);
        records.put("AuditEntry", AuditEntryView.class);
        records.put("Verification", VerificationView.class);
        records.put("AdmissionCount", AdmissionCountsResource.CountView.class);
        records.put("KeyOrder", KeyBody.class);
        records.put("NewKey", KeyView.class);
        records.put("Webhook", WebhookView.class);
        records.put("Deliveries", Page.class);
        records.put("Delivery", DeliveryView.class);
        records.put("WebhookTest", WebhookTestView.class);
        records.put("Config", ConfigView.class);
        records.put("Ban", BanView.class);
        records.put("BanOrder", BanBody.class);
        records.put("Health", HealthServlet.HealthView.class);
        return records;
    }

    @Test
    void members_areThoseOfTheContract() {
        records().forEach((schema, type) -> compare(schema, contract.schema(schema), type));

        assertThat(differences).as("put these right in openapi.yaml").isEmpty();
    }

    private void compare(String where, JsonNode schema, Class<?> type) {
        Set<String> written = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(written::add);
        Set<String> coded = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!written.equals(coded)) {
            differences.add(where + " has the members " + written + ", " + type.getSimpleName() + " " + coded);
            return;
        }
        boolean isTaken = type.getSimpleName().endsWith("Body") || type.equals(DescribedConnection.class);
        if (isTaken != schema.has("additionalProperties")) {
            differences.add(where + (isTaken ? ": add" : ": remove") + " additionalProperties: false");
        }
        for (RecordComponent component : type.getRecordComponents()) {
            String name = component.getName();
            boolean isRequired = StreamSupport.stream(schema.path("required").spliterator(), false)
                    .anyMatch(each -> each.asText().equals(name));
            if (!isTaken && isRequired == component.getType().equals(Optional.class) && !isKeyOfNewKey(where, name)) {
                differences.add(where + "." + name + (isRequired ? " may be left out" : " is always there"));
            }
            compareValue(
                    where + "." + name,
                    contract.resolve(schema.path("properties").path(name)),
                    component.getGenericType());
        }
    }

    /** One record stands for both schemas. */
    private static boolean isKeyOfNewKey(String where, String name) {
        return where.equals("NewKey") && name.equals("key");
    }

    private void compareValue(String where, JsonNode schema, Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] inside = generic.getActualTypeArguments();
            if (generic.getRawType().equals(Optional.class)) {
                compareValue(where, schema, inside[0]);
            } else if (generic.getRawType().equals(List.class)) {
                expect(where, schema, "array");
                compareValue(where + "[]", contract.resolve(schema.path("items")), inside[0]);
            } else {
                expect(where, schema, "object");
            }
        } else if (type instanceof Class<?> plain && plain.isRecord()) {
            expect(where, schema, "object");
            compare(where, schema, plain);
        } else {
            expect(where, schema, jsonType(type));
        }
    }

    private void expect(String where, JsonNode schema, String type) {
        if (!schema.path("type").asText().equals(type)) {
            differences.add(where + " is of type " + type + ", not " + schema.path("type"));
        }
    }

    private static String jsonType(Type type) {
        if (WHOLE_NUMBERS.contains(type)) {
            return "integer";
        }
        if (type.equals(boolean.class) || type.equals(Boolean.class)) {
            return "boolean";
        }
        return type.equals(String.class) ? "string" : "object";
    }
}
