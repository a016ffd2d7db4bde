package dev.gatehouse.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.spi.Client;
import dev.gatehouse.spi.Credentials;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Secret;

/**
 * Reads a connect frame (wire reference 2.2): known members are checked strictly, also those that the gateway has no
 * use for, and unknown ones are ignored, so that a newer client is not locked out.
 */
final class ConnectReader {

    private static final Set<String> CLIENT_IDS = Set.of(
            "webchat-ui",
            "openclaw-control-ui",
            "openclaw-browser-copilot",
            "openclaw-tui",
            "webchat",
            "cli",
            "gateway-client",
            "openclaw-macos",
            "openclaw-linux",
            "openclaw-ios",
            "openclaw-watchos",
            "openclaw-android",
            "node-host",
            "openclaw-worker",
            "test",
            "fingerprint",
            "openclaw-probe");

    private static final Set<String> CLIENT_MODES =
            Set.of("webchat", "cli", "ui", "backend", "node", "worker", "probe", "test");

    private static final String WORKER = "worker";
    private static final String WORKER_ID = "openclaw-worker";
    private static final int SCOPES_MAX = 64;
    private static final int CAPABILITIES_MAX = 512;
    private static final int BUILD_ID_MAX = 96;
    private static final int TIME_ZONE_MAX = 64;
    private static final int PATH_MAX = 32 * 1024;
    private static final long SAFE_INTEGER_MAX = (1L << 53) - 1;

    private ConnectReader() {}

    static FirstFrame read(String text) {
        Optional<JsonNode> parsed = Json.parse(text);
        if (parsed.isEmpty()) {
            return new Malformed(Frames.NO_ID, HandshakeRefusals.notJson());
        }
        JsonNode frame = parsed.get();
        String answerId = RequestFrame.answerId(frame);
        if (claimsToBeWorker(frame.path("params"))) {
            return new Malformed(answerId, HandshakeRefusals.workerNotSupported());
        }
        Problems problems = new Problems();
        RequestFrame request = RequestFrame.read(Members.of(frame, problems));
        if (!problems.isEmpty()) {
            return new Malformed(answerId, HandshakeRefusals.invalidFrame(problems));
        }
        if (!request.isConnect()) {
            return new Malformed(answerId, HandshakeRefusals.connectExpected());
        }
        ConnectFrame connect = connect(request.id(), Members.of(frame.path("params"), problems));
        return problems.isEmpty() ? connect : new Malformed(answerId, HandshakeRefusals.invalidParams(problems));
    }

    private static boolean claimsToBeWorker(JsonNode params) {
        JsonNode client = params.path("client");
        return WORKER.equals(params.path("role").textValue())
                || WORKER_ID.equals(client.path("id").textValue())
                || WORKER.equals(client.path("mode").textValue());
    }

    private static ConnectFrame connect(String id, Members params) {
        int minProtocol = (int) params.integer("minProtocol", 1, Integer.MAX_VALUE);
        int maxProtocol = (int) params.integer("maxProtocol", 1, Integer.MAX_VALUE);
        Members said = params.object("client");
        NodeDeclaration node = node(params, said);
        Client client = client(said, node.capabilities());
        String role = params.optionalText("role", 0, Members.TEXT_MAX).orElse(Role.OPERATOR.wireName());
        List<String> scopes = params.texts("scopes", SCOPES_MAX);
        Auth auth = params.optionalObject("auth").map(Auth::read).orElse(Auth.NONE);
        Optional<DeviceClaim> device = params.optionalObject("device").map(ConnectReader::device);
        checkUnused(params);
        return new ConnectFrame(
                id,
                client,
                role,
                scopes,
                auth.credentials(),
                auth.signedToken(),
                device,
                minProtocol,
                maxProtocol,
                node);
    }

    private static Client client(Members client, List<String> capabilities) {
        client.optionalText("instanceId", 1, Members.TEXT_MAX);
        client.optionalText("buildId", 0, BUILD_ID_MAX);
        client.optionalText("timeZone", 0, TIME_ZONE_MAX);
        return new Client(
                client.oneOf("id", CLIENT_IDS),
                client.oneOf("mode", CLIENT_MODES),
                client.text("version"),
                client.text("platform"),
                client.optionalText("deviceFamily", 1, Members.TEXT_MAX),
                client.optionalText("displayName", 1, Members.TEXT_MAX),
                List.copyOf(capabilities));
    }

    private static NodeDeclaration node(Members params, Members client) {
        return new NodeDeclaration(
                params.texts("caps", CAPABILITIES_MAX),
                params.texts("commands", CAPABILITIES_MAX),
                params.optionalObject("permissions").map(Members::booleans).orElse(Map.of()),
                client.optionalText("modelIdentifier", 1, Members.TEXT_MAX),
                client.optionalText("coreVersion", 1, Members.TEXT_MAX),
                client.optionalText("uiVersion", 1, Members.TEXT_MAX),
                params.optionalText("pathEnv", 0, PATH_MAX));
    }

    private static DeviceClaim device(Members device) {
        return new DeviceClaim(
                device.text("id"),
                device.text("publicKey"),
                device.text("signature"),
                device.integer("signedAt", 0, SAFE_INTEGER_MAX),
                device.text("nonce"));
    }

    private static void checkUnused(Members params) {
        params.optionalObject("workerRuns");
        params.optionalObject("modelCatalog");
        params.optionalText("locale", 0, Members.TEXT_MAX);
        params.optionalText("userAgent", 0, Members.TEXT_MAX);
    }

    /** The credentials as sent; a blank one counts as absent, but is signed as it is. */
    private record Auth(
            Optional<Secret> token,
            Optional<Secret> password,
            Optional<Secret> deviceToken,
            Optional<Secret> bootstrapToken) {

        static final Auth NONE = new Auth(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        static Auth read(Members auth) {
            secret(auth, "approvalRuntimeToken");
            secret(auth, "agentRuntimeIdentityToken");
            return new Auth(
                    secret(auth, "token"),
                    secret(auth, "password"),
                    secret(auth, "deviceToken"),
                    secret(auth, "bootstrapToken"));
        }

        Credentials credentials() {
            return new Credentials(present(token), present(password), present(deviceToken), present(bootstrapToken));
        }

        /** The first one that was sent, even blank; a password is never signed (wire reference 5). */
        Secret signedToken() {
            return token.or(() -> deviceToken).or(() -> bootstrapToken).orElseGet(() -> Secret.of(""));
        }

        private static Optional<Secret> secret(Members auth, String name) {
            return auth.optionalText(name, 0, Members.TEXT_MAX).map(Secret::of);
        }

        private static Optional<Secret> present(Optional<Secret> sent) {
            return sent.filter(secret -> !secret.isBlank());
        }
    }
}
