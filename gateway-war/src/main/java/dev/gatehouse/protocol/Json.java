package dev.gatehouse.protocol;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Reads and writes JSON text within the limits of wire reference 1.4. Safe for concurrent use.
 *
 * <p>Before hello nobody is known, so a frame is read with narrow limits. After hello a frame may be large; it is read
 * as a stream, of which only the named members are kept, so that its size costs no memory beyond its text.
 */
final class Json {

    private static final int DEPTH_BEFORE_HELLO = 32;
    private static final int STRING_BEFORE_HELLO = 64 * 1024;
    private static final int NUMBER_BEFORE_HELLO = 32;
    private static final int NAME_BEFORE_HELLO = 1024;

    private static final ObjectReader BEFORE_HELLO = new ObjectMapper(factory(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_BEFORE_HELLO)
                    .maxStringLength(STRING_BEFORE_HELLO)
                    .maxNumberLength(NUMBER_BEFORE_HELLO)
                    .maxNameLength(NAME_BEFORE_HELLO)
                    .build()))
            .reader()
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** As many as the shortest frames have that are kept whole: a tree takes a hundred times the memory of its text. */
    private static final int KEPT_TOKENS_MAX = RequestFrame.READ_MAX;

    private static final JsonFactory AFTER_HELLO = factory(
            StreamReadConstraints.builder().maxStringLength(Hello.MAX_PAYLOAD).build());

    private static final JsonFactory KEPT = factory(StreamReadConstraints.builder()
            .maxStringLength(Hello.MAX_PAYLOAD)
            .maxTokenCount(KEPT_TOKENS_MAX)
            .build());

    private static final ObjectMapper TREES = new ObjectMapper();

    private Json() {}

    /** The value of a frame that came before hello; empty when the text is not JSON, or beyond the limits. */
    static Optional<JsonNode> parse(String text) {
        try {
            return Optional.of(BEFORE_HELLO.readTree(text)).filter(node -> !node.isMissingNode());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /**
     * Some members of a frame that came after hello: strings as they are, anything else as JSON {@code null}.
     *
     * @param members the names of these members
     * @param whole the names of members that are kept as they are, whatever they hold; for frames of a bounded size only
     * @return a JSON {@code null} when the frame is not an object; empty when the text is not JSON
     */
    static Optional<JsonNode> skim(String text, Set<String> members, Set<String> whole) {
        try (JsonParser parser = (whole.isEmpty() ? AFTER_HELLO : KEPT).createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return Optional.empty();
            }
            JsonNode skimmed = first == JsonToken.START_OBJECT ? skimObject(parser, members, whole) : skip(parser);
            return parser.nextToken() == null ? Optional.of(skimmed) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The compact text of a frame that the gateway made. */
    static String write(Map<String, ?> frame) {
        try {
            return TREES.writeValueAsString(frame);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a frame must consist of JSON values: " + e.getOriginalMessage(), e);
        }
    }

    /** Whether a text is one JSON value; takes no memory for what it says. */
    static boolean isValue(String text) {
        try (JsonParser parser = AFTER_HELLO.createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    private static JsonNode skimObject(JsonParser parser, Set<String> members, Set<String> whole) throws IOException {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            boolean isText = parser.nextToken() == JsonToken.VALUE_STRING;
            if (whole.contains(name)) {
                kept.set(name, TREES.readTree(parser));
            } else if (!members.contains(name)) {
                parser.skipChildren();
            } else if (isText) {
                kept.put(name, parser.getText());
            } else {
                kept.set(name, skip(parser));
            }
        }
        return kept;
    }

    private static JsonNode skip(JsonParser parser) throws IOException {
        parser.skipChildren();
        return JsonNodeFactory.instance.nullNode();
    }

    /** Names are not interned: peers choose them, and the interned ones stay for ever. */
    private static JsonFactory factory(StreamReadConstraints constraints) {
        return JsonFactory.builder()
                .streamReadConstraints(constraints)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .build();
    }
}
