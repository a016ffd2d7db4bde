package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** The decision on one connection: signature, then credential, then approval. */
final class FakeAdmission {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long TIMESTAMP = 1_760_000_000_000L;

    private final String nonce = UUID.randomUUID().toString();
    private final Set<String> approvedRequests;
    private Optional<String> device = Optional.empty();

    FakeAdmission(Set<String> approvedRequests) {
        this.approvedRequests = approvedRequests;
    }

    String challenge() {
        return "{\"type\":\"event\",\"event\":\"connect.challenge\",\"payload\":{\"nonce\":\"" + nonce + "\",\"ts\":"
                + TIMESTAMP + "}}";
    }

    String answer(String connect) throws IOException {
        JsonNode params = JSON.readTree(connect).path("params");
        String device = params.path("device").path("id").asText();
        this.device = Optional.of(device).filter(id -> !id.isEmpty());
        if (!device.isEmpty() && !isSigned(params)) {
            return refusal("DEVICE_AUTH_SIGNATURE_INVALID", "");
        }
        String requestId = "request-" + device;
        JsonNode auth = params.path("auth");
        if (auth.path("deviceToken").asText().equals("token-of-" + device)) {
            return hello(device);
        }
        if (!auth.path("token").asText().equals(FakeGateway.SHARED_TOKEN)) {
            return refusal("AUTH_TOKEN_MISMATCH", "");
        }
        if (!device.isEmpty() && !approvedRequests.contains(requestId)) {
            return refusal("PAIRING_REQUIRED", ",\"requestId\":\"" + requestId + "\"");
        }
        return hello(device);
    }

    /** The device that asked, once it did. */
    Optional<String> device() {
        return device;
    }

    private static String hello(String device) {
        return "{\"type\":\"res\",\"id\":\"1\",\"ok\":true,\"payload\":{\"type\":\"hello-ok\",\"auth\":{\"deviceToken\":"
                + "\"token-of-" + device + "\"}}}";
    }

    private static String refusal(String code, String more) {
        return "{\"type\":\"res\",\"id\":\"1\",\"ok\":false,\"error\":{\"code\":\"INVALID_REQUEST\",\"message\":\"no\","
                + "\"details\":{\"code\":\"" + code + "\"" + more + "}}}";
    }

    private boolean isSigned(JsonNode params) {
        JsonNode device = params.path("device");
        JsonNode client = params.path("client");
        StringJoiner scopes = new StringJoiner(",");
        params.path("scopes").forEach(scope -> scopes.add(scope.asText()));
        JsonNode auth = params.path("auth");
        String payload = String.join(
                "|",
                "v3",
                device.path("id").asText(),
                client.path("id").asText(),
                client.path("mode").asText(),
                params.path("role").asText(),
                scopes.toString(),
                Long.toString(TIMESTAMP),
                auth.path("token").asText(auth.path("deviceToken").asText()),
                nonce,
                client.path("platform").asText(),
                client.path("deviceFamily").asText());
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, new Ed25519PublicKeyParameters(decode(device.path("publicKey"))));
        verifier.update(payload.getBytes(StandardCharsets.UTF_8), 0, payload.length());
        return verifier.verifySignature(decode(device.path("signature")));
    }

    private static byte[] decode(JsonNode text) {
        return Base64.getUrlDecoder().decode(text.asText());
    }
}
