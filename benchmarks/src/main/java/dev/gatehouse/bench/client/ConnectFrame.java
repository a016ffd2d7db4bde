package dev.gatehouse.bench.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The first frame of a client, as JSON. */
final class ConnectFrame {

    private static final int PROTOCOL = 4;

    private final ObjectNode frame = JsonNodeFactory.instance.objectNode();
    private final ObjectNode params;

    private ConnectFrame(ClientProfile profile, Credential credential) {
        frame.put("type", "req").put("id", "1").put("method", "connect");
        params = frame.putObject("params");
        params.put("minProtocol", PROTOCOL).put("maxProtocol", PROTOCOL);
        params.putObject("client")
                .put("id", profile.id())
                .put("mode", profile.mode())
                .put("version", "1.0.0")
                .put("platform", profile.platform())
                .put("deviceFamily", profile.deviceFamily());
        params.put("role", ClientProfile.ROLE);
        profile.scopes().forEach(params.putArray("scopes")::add);
        params.putArray("caps");
        params.putObject("auth").put(credential.member(), credential.value());
    }

    static ConnectFrame of(ClientProfile profile, Credential credential) {
        return new ConnectFrame(profile, credential);
    }

    ConnectFrame signed(DeviceKey key, String signature, Challenge challenge) {
        params.putObject("device")
                .put("id", key.id())
                .put("publicKey", key.publicKey())
                .put("signature", signature)
                .put("signedAt", challenge.timestamp())
                .put("nonce", challenge.nonce());
        return this;
    }

    @Override
    public String toString() {
        return frame.toString();
    }
}
