package dev.gatehouse.bootstrap;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/** Values that a schema does not allow, made from it. Stateless. */
final class BadValues {

    private static final List<String> STRANGE = List.of("nobody", "~", "0", "-1", "x y", "\u202e", "x".repeat(200));

    private BadValues() {}

    /** Texts that are no value of a parameter; none where the schema allows every text. */
    static List<String> ofParameter(JsonNode schema) {
        return schema.path("type").asText().equals("integer") ? numbers(schema) : texts(schema);
    }

    /** Texts of the right type that a member may not have. */
    static List<String> texts(JsonNode schema) {
        if (schema.has("enum")) {
            return List.of("nobody");
        }
        if (schema.has("pattern")) {
            return STRANGE.stream()
                    .filter(text -> !text.matches(schema.path("pattern").asText()))
                    .toList();
        }
        if (schema.path("format").asText().equals("date-time")) {
            return List.of("yesterday");
        }
        List<String> texts = new ArrayList<>();
        if (schema.has("maxLength")) {
            texts.add("x".repeat(schema.path("maxLength").asInt() + 1));
        }
        if (schema.path("minLength").asInt() > 0) {
            texts.add("");
        }
        return texts;
    }

    /** JSON of another type than that of a member. */
    static String ofOtherType(JsonNode schema) {
        return schema.path("type").asText().equals("string") ? "[1]" : "\"nobody\"";
    }

    private static List<String> numbers(JsonNode schema) {
        List<String> numbers = new ArrayList<>(List.of("many", "1.5", "9".repeat(30)));
        Stream.of(schema.path("minimum"))
                .filter(JsonNode::isNumber)
                .map(least -> least.bigIntegerValue().subtract(BigInteger.ONE).toString())
                .forEach(numbers::add);
        Stream.of(schema.path("maximum"))
                .filter(JsonNode::isNumber)
                .map(most -> most.bigIntegerValue().add(BigInteger.ONE).toString())
                .forEach(numbers::add);
        return numbers;
    }
}
