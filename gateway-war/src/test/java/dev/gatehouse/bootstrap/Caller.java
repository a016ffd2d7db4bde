package dev.gatehouse.bootstrap;

import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.spi.Client;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Credentials;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.testkit.ConnectFixture;

/**
 * A client as it comes to a gateway: writes the connect frame that says the facts of a fixture, signed as stock clients
 * sign it (wire reference 5). Immutable.
 *
 * @param facts where it comes from, and what it says
 * @param device the device that signs, if it has one
 * @param change what is different in its frame, before it is signed
 * @param forgery what is different in its frame after that
 */
record Caller(
        ConnectFixture facts, Optional<TestDevice> device, Consumer<ObjectNode> change, Consumer<ObjectNode> forgery) {

    static final String REQUEST_ID = "1:connect";

    /** A client without a device. */
    static Caller of(ConnectFixture facts) {
        return new Caller(facts, Optional.empty(), frame -> {}, frame -> {});
    }

    /** The same client on a device. */
    Caller on(TestDevice signing) {
        return new Caller(facts, Optional.of(signing), change, forgery);
    }

    /** The same client on a device that nobody has seen. */
    Caller onNewDevice() {
        return on(new TestDevice());
    }

    /** The same client with another frame. */
    Caller saying(Consumer<ObjectNode> changed) {
        return new Caller(facts, device, changed, forgery);
    }

    /** The same client with a frame that was changed after it was signed. */
    Caller forging(Consumer<ObjectNode> forged) {
        return new Caller(facts, device, change, forged);
    }

    /** The connect frame that answers a challenge. */
    String frame(String nonce, long timestamp) {
        ObjectNode frame = JsonNodeFactory.instance.objectNode();
        frame.put("type", "req").put("id", REQUEST_ID).put("method", "connect");
        ObjectNode params = frame.putObject("params");
        write(facts.connect(), params);
        change.accept(frame);
        device.ifPresent(signing -> sign(signing, params, nonce, timestamp));
        forgery.accept(frame);
        return frame.toString();
    }

    private static void write(ConnectContext said, ObjectNode params) {
        params.put("minProtocol", 4).put("maxProtocol", 4);
        write(said.client(), params.putObject("client"));
        ArrayNode capabilities = params.putArray("caps");
        said.client().capabilities().forEach(capabilities::add);
        params.put("role", said.role().wireName());
        ArrayNode scopes = params.putArray("scopes");
        said.requestedScopes().asList().forEach(scopes::add);
        write(said.credentials(), params.putObject("auth"));
    }

    private static void write(Client client, ObjectNode json) {
        json.put("id", client.id()).put("mode", client.mode());
        json.put("version", client.version()).put("platform", client.platform());
        client.deviceFamily().ifPresent(family -> json.put("deviceFamily", family));
    }

    private static void write(Credentials credentials, ObjectNode auth) {
        put(auth, "token", credentials.token());
        put(auth, "password", credentials.password());
        put(auth, "deviceToken", credentials.deviceToken());
        put(auth, "bootstrapToken", credentials.bootstrapToken());
    }

    private static void put(ObjectNode auth, String name, Optional<Secret> secret) {
        secret.ifPresent(value -> auth.put(name, value.expose()));
    }

    private static void sign(TestDevice device, ObjectNode params, String nonce, long timestamp) {
        JsonNode client = params.path("client");
        StringJoiner scopes = new StringJoiner(",");
        params.path("scopes").forEach(scope -> scopes.add(scope.asText()));
        String payload = String.join(
                "|",
                "v3",
                device.id(),
                client.path("id").asText(),
                client.path("mode").asText(),
                params.path("role").asText(),
                scopes.toString(),
                Long.toString(timestamp),
                signedToken(params.path("auth")),
                nonce,
                normalised(client.path("platform")),
                normalised(client.path("deviceFamily")));
        params.putObject("device")
                .put("id", device.id())
                .put("publicKey", device.publicKey())
                .put("signature", device.sign(payload))
                .put("signedAt", timestamp)
                .put("nonce", nonce);
    }

    private static String normalised(JsonNode text) {
        return text.asText().trim().toLowerCase(Locale.ROOT);
    }

    private static String signedToken(JsonNode auth) {
        for (String name : new String[] {"token", "deviceToken", "bootstrapToken"}) {
            if (auth.has(name)) {
                return auth.get(name).asText();
            }
        }
        return "";
    }
}
