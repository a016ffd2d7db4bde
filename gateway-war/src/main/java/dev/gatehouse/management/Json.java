package dev.gatehouse.management;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/**
 * Reads and writes the API's records, the same on every server: strict about what it reads, silent about what is
 * absent. Stateless; safe for concurrent use.
 */
final class Json {

    /** So many bytes a body may have. */
    static final int BODY_MAX = 64 * 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .withCoercionConfig(
                    LogicalType.Textual,
                    coercions -> coercions
                            .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
            .build();

    private Json() {}

    /**
     * Reads a body.
     *
     * @return what it holds, or empty when it is blank
     * @throws ProblemException when it is too large or not what the type asks for
     */
    static <T> Optional<T> read(InputStream body, Class<T> type) throws IOException {
        byte[] bytes = body.readNBytes(BODY_MAX + 1);
        if (bytes.length > BODY_MAX) {
            throw new ProblemException(Problem.bodyTooLarge(BODY_MAX));
        }
        if (isBlank(bytes)) {
            return Optional.empty();
        }
        try {
            // A body of 'null' yields null.
            return Optional.ofNullable(MAPPER.readValue(bytes, type));
        } catch (JsonProcessingException e) {
            throw new ProblemException(Problem.malformedBody(whatIsWrong(e)), e);
        }
    }

    /** Reads what the gateway wrote itself. */
    static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the gateway wrote what it cannot read", e);
        }
    }

    static void write(Object value, OutputStream body) throws IOException {
        MAPPER.writeValue(body, value);
    }

    /** The JSON of a record, as it is sent. */
    static byte[] bytes(Record value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the gateway cannot write what it shows", e);
        }
    }

    /** Jackson's own messages name classes, which are no business of the caller. */
    private static String whatIsWrong(JsonProcessingException failure) {
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return "unknown member '" + unknown.getPropertyName() + "'; allowed are " + unknown.getKnownPropertyIds();
        }
        if (failure instanceof JsonMappingException mismatch
                && !mismatch.getPath().isEmpty()) {
            return "member '" + mismatch.getPath().get(0).getFieldName() + "' has a wrong type";
        }
        return "not one JSON object, each member given once";
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte character : bytes) {
            if (!Character.isWhitespace(character)) {
                return false;
            }
        }
        return true;
    }
}
