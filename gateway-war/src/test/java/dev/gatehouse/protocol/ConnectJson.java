package dev.gatehouse.protocol;

import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Connect frames to start from: the full one carries every member that the wire reference names. */
final class ConnectJson {

    static final String NONCE = "11111111-2222-4333-8444-555555555555";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ConnectJson() {}

    /** The smallest frame that is well-formed. */
    static ObjectNode minimal() {
        return object("""
                {"type":"req","id":"1:a","method":"connect","params":{"minProtocol":4,"maxProtocol":4,
                 "client":{"id":"cli","mode":"cli","version":"2026.9.6","platform":"linux"}}}""");
    }

    /** Every member, and the device, key, credentials and signature (v3) of the reference's test vector. */
    static ObjectNode full() {
        return object("""
                {"type":"req","id":"1:a","method":"connect","traceparent":"00-1","params":{"minProtocol":4,"maxProtocol":4,
                 "client":{"id":"cli","mode":"cli","version":"2026.9.6","platform":" Linux ","deviceFamily":"Mac",
                  "displayName":"vm","modelIdentifier":"m","instanceId":"i","buildId":"b","timeZone":"UTC"},
                 "caps":["browser"],"commands":["system.run"],"permissions":{"camera":true},"pathEnv":"/bin",
                 "computerUse":{"any":[1]},"workerRuns":{},"modelCatalog":{"agentId":"a"},
                 "role":"operator","scopes":["operator.pairing","operator.read"],
                 "auth":{"token":"secret-token","password":"p","deviceToken":"d","bootstrapToken":"b",
                  "approvalRuntimeToken":"x","agentRuntimeIdentityToken":"y"},
                 "locale":"en-US","userAgent":"ua",
                 "device":{"id":"56475aa75463474c0285df5dbf2bcab73da651358839e9b77481b2eab107708c",
                  "publicKey":"A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg",
                  "signature":"YHbo7TPtBH0dRL3yxr1oDaxPmd1sIQ43nNx1RBA2AjuAJ5NL-76BamlpR6Yeb6IQekEFsoFB6olzxrT1RvmgAQ",
                  "signedAt":1760000000000,"nonce":"11111111-2222-4333-8444-555555555555"}}}""");
    }

    /** A frame with the member at a JSON pointer replaced or added; removed when the value is empty. */
    static ObjectNode with(ObjectNode frame, String pointer, Optional<String> json) {
        int last = pointer.lastIndexOf('/');
        ObjectNode copy = frame.deepCopy();
        ObjectNode parent = (ObjectNode) copy.at(pointer.substring(0, last));
        String name = pointer.substring(last + 1);
        json.ifPresentOrElse(value -> parent.set(name, parse(value)), () -> parent.remove(name));
        return copy;
    }

    static ObjectNode with(ObjectNode frame, String pointer, String json) {
        return with(frame, pointer, Optional.of(json));
    }

    static ConnectFrame frame(JsonNode json) {
        return (ConnectFrame) ConnectFrame.parse(json.toString());
    }

    static Malformed malformed(String text) {
        return (Malformed) ConnectFrame.parse(text);
    }

    static Object reason(Malformed malformed) {
        return Objects.requireNonNull(malformed.refusal().error().details().get("reason"));
    }

    static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) parse(json);
    }
}
