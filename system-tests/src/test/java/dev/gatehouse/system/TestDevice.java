package dev.gatehouse.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A device with a key of its own that writes connect frames by hand. */
record TestDevice(KeyPair keys, String id) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RAW_KEY_LENGTH = 32;

    static TestDevice create() {
        try {
            KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(raw(keys));
            return new TestDevice(keys, HexFormat.of().formatHex(digest));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no Ed25519", e);
        }
    }

    /**
     * Asks to come in with the shared token, and returns the id of the pairing request. Tries again as every client does
     * when the gateway cannot answer yet: a busy machine is slow at the first connection after a start.
     */
    String request(Server server, String clientId, String clientMode) throws IOException {
        Answer answer = refusal(server, clientId, clientMode);
        for (int more = 3; more > 0 && isUnavailable(answer); more--) {
            answer = refusal(server, clientId, clientMode);
        }
        assertThat(answer.code()).as(answer.error().toString()).isEqualTo("PAIRING_REQUIRED");
        return answer.error().at("/details/requestId").asText();
    }

    private Answer refusal(Server server, String clientId, String clientMode) throws IOException {
        try (RawSocket socket = RawSocket.upgrade(server)) {
            socket.send(connect(Answer.challenge(socket), shared(server), clientId, clientMode));
            return Answer.refusal(socket);
        }
    }

    private static boolean isUnavailable(Answer answer) {
        return answer.error().path("code").asText().equals("UNAVAILABLE");
    }

    /** Comes in with the shared token, and stays. */
    RawSocket admitted(Server server, String clientId, String clientMode) throws IOException {
        RawSocket socket = RawSocket.upgrade(server);
        socket.send(connect(Answer.challenge(socket), shared(server), clientId, clientMode));
        Answer.hello(socket);
        return socket;
    }

    private static Map<String, String> shared(Server server) {
        return Map.of("token", server.gatewayToken());
    }

    /** A signed connect frame of a command line that gives the shared token. */
    String connect(JsonNode challenge, String token) {
        return connect(challenge, Map.of("token", token), "cli", "cli");
    }

    String connect(JsonNode challenge, Map<String, String> auth, String clientId, String clientMode) {
        long signedAt = challenge.path("ts").asLong();
        String nonce = challenge.path("nonce").asText();
        String signed = auth.getOrDefault("token", auth.getOrDefault("deviceToken", ""));
        String payload = String.join(
                "|",
                "v3",
                id,
                clientId,
                clientMode,
                "operator",
                "operator.read",
                Long.toString(signedAt),
                signed,
                nonce,
                "linux",
                "");
        ObjectNode frame =
                JSON.createObjectNode().put("type", "req").put("id", "1").put("method", "connect");
        ObjectNode params = frame.putObject("params").put("minProtocol", 4).put("maxProtocol", 4);
        params.putObject("client")
                .put("id", clientId)
                .put("mode", clientMode)
                .put("version", "1.0.0")
                .put("platform", "linux");
        params.put("role", "operator").putArray("scopes").add("operator.read");
        params.set("auth", JSON.valueToTree(auth));
        params.putObject("device")
                .put("id", id)
                .put("publicKey", base64Url(raw(keys)))
                .put("signature", sign(payload))
                .put("signedAt", signedAt)
                .put("nonce", nonce);
        return frame.toString();
    }

    private String sign(String payload) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(payload.getBytes(StandardCharsets.UTF_8));
            return base64Url(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign", e);
        }
    }

    /** The encoded key ends with the 32 bytes that OpenClaw calls the public key. */
    private static byte[] raw(KeyPair keys) {
        byte[] encoded = keys.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - RAW_KEY_LENGTH, encoded.length);
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
