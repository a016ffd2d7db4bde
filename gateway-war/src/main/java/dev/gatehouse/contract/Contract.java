package dev.gatehouse.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.gatehouse.digest.Sha256;

/** The contract in one of its forms, as it is sent. Immutable. */
final class Contract {

    private static final String RESOURCE = "openapi.yaml";
    private static final int TAG_LENGTH = 32;

    private final byte[] content;
    private final String entityTag;

    private Contract(byte[] content) {
        this.content = content;
        this.entityTag = '"' + Sha256.hex(content).substring(0, TAG_LENGTH) + '"';
    }

    /** The document as it was written. */
    static Contract asYaml() {
        return new Contract(written());
    }

    /** The document as JSON, its members in the order in which they were written. */
    static Contract asJson() {
        try {
            JsonNode document = new YAMLMapper().readTree(written());
            return new Contract(new ObjectMapper().writeValueAsBytes(document));
        } catch (IOException e) {
            throw new UncheckedIOException("the gateway holds a contract that is no YAML", e);
        }
    }

    /** A copy of the bytes of the document. */
    byte[] content() {
        return content.clone();
    }

    /** Names the state of the document (RFC 9110, 8.8.3). */
    String entityTag() {
        return entityTag;
    }

    private static byte[] written() {
        try (InputStream resource = Contract.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("the gateway was built without its contract, " + RESOURCE);
            }
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the gateway cannot read its own contract", e);
        }
    }
}
