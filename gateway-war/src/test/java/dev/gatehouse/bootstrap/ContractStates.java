package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.session.Eventually;
import dev.gatehouse.testkit.ConnectFixture;

import static dev.gatehouse.bootstrap.GatewayFixture.SECRET;

/** Brings a gateway into the state in which an operation of the contract succeeds, and says what to call it with. */
final class ContractStates {

    private static final String INVITATION = "{\"profile\": \"node\", \"label\": \"Attic\", \"ttl\": \"30m\"}";
    private static final String KEY = "{\"label\": \"ci\", \"scope\": \"read\", \"ttl\": \"90d\"}";

    private final GatewayFixture gateway;
    private final RestServer rest;

    ContractStates(GatewayFixture gateway, RestServer rest) {
        this.gateway = gateway;
        this.rest = rest;
    }

    /**
     * What a call is made with.
     *
     * @param parameters by their names, wherever they are
     * @param body the body
     */
    record Ready(Map<String, String> parameters, Optional<String> body) {

        static final Ready AS_IT_IS = new Ready(Map.of(), Optional.empty());

        static Ready with(String name, String value) {
            return new Ready(Map.of(name, value), Optional.empty());
        }

        static Ready with(Map<String, String> parameters) {
            return new Ready(parameters, Optional.empty());
        }

        Ready saying(String body) {
            return new Ready(parameters, Optional.of(body));
        }
    }

    /** Makes an operation possible, each time anew. */
    Ready prepare(String operation) throws IOException, InterruptedException {
        return switch (operation) {
            case "listPairingRequests", "getPairingRequest", "rejectPairingRequest" -> Ready.with("id", waiting());
            case "approvePairingRequest" ->
                Ready.with("id", waiting()).saying("{\"scopes\": [\"operator.read\"], \"label\": \"Ann\"}");
            case "listDevices", "getDevice", "removeDevice", "listDeviceTokens" -> Ready.with("id", paired());
            case "listDeviceHistory" -> history();
            case "relabelDevice" -> Ready.with("id", paired()).saying("{\"label\": \"Ann's laptop\"}");
            case "rotateDeviceToken" -> token().saying("{\"scopes\": [\"operator.read\"]}");
            case "revokeDeviceToken", "getDeviceToken" -> token();
            case "createInvitation" -> Ready.AS_IT_IS.saying(INVITATION);
            case "listInvitations", "getInvitation", "withdrawInvitation" -> Ready.with("id", invited());
            case "listNodeRequests", "approveNodeRequest", "rejectNodeRequest", "listNodes", "getNode", "removeNode" ->
                Ready.with("id", node());
            case "getNodeRequest" -> Ready.with("id", nodeRequest());
            case "listSessions", "getSession", "terminateSession" -> Ready.with("id", connected());
            case "listRefusals", "getRefusal" -> Ready.with("id", refused());
            case "explainConnection" -> Ready.AS_IT_IS.saying("{\"refusal\": \"" + refused() + "\"}");
            case "listWebhooks", "testWebhook", "startWebhook" -> Ready.with("name", GatewayFixture.WEBHOOK);
            case "listWebhookDeliveries", "retryWebhookDelivery", "discardWebhookDelivery" -> givenUp();
            case "createBan" -> Ready.AS_IT_IS.saying(ban());
            case "listBans", "getBan", "liftBan" -> Ready.with("id", made(rest.post("/bans", ban()), "/banId"));
            case "getCheck" -> Ready.with("name", "pairing");
            case "listAudit", "exportAudit", "verifyAudit" -> noted();
            case "streamEvents" -> noted("after", "0");
            case "createKey" -> Ready.AS_IT_IS.saying(KEY);
            case "getKey", "revokeKey" -> Ready.with("id", made(rest.post("/keys", KEY), "/keyId"));
            case "getChain",
                    "reloadChain",
                    "listChecks",
                    "getConfig",
                    "getConfigSchema",
                    "listAdmissionCounts",
                    "listKeys",
                    "getHealth",
                    "getContract",
                    "getContractAsYaml" -> Ready.AS_IT_IS;
            default -> throw new AssertionError("add to ContractStates.prepare how '" + operation + "' succeeds");
        };
    }

    private String waiting() {
        return gateway.requestPairing(laptop(new TestDevice()));
    }

    private String paired() {
        TestDevice device = new TestDevice();
        gateway.pair(laptop(device));
        gateway.connect(laptop(device)).hello();
        return device.id();
    }

    private Ready token() {
        return Ready.with(Map.of("id", paired(), "role", "operator"));
    }

    /** Everything that is noted of a device that came in. */
    private Ready history() {
        String device = paired();
        Eventually.holds("an approval is noted", () -> size("/audit?deviceId=" + device) >= 2);
        return Ready.with("id", device);
    }

    private String nodeRequest() throws IOException, InterruptedException {
        String node = node();
        return made(rest.get("/nodes/" + node), "/request/requestId");
    }

    private String invited() throws IOException, InterruptedException {
        return made(rest.post("/invitations", INVITATION), "/invitationId");
    }

    private String connected() {
        TestDevice device = new TestDevice();
        gateway.pair(laptop(device));
        String session = gateway.admit(laptop(device)).at("/server/connId").asText();
        Eventually.holds("the session is listed", () -> size("/sessions?deviceId=" + device.id()) == 1);
        return session;
    }

    private String refused() throws IOException {
        Peer peer = gateway.connect(
                Caller.of(Callers.remoteCli().withToken(Callers.WRONG)).onNewDevice());
        peer.error();
        return peer.refusalId();
    }

    /** A node that asks to be used. */
    private String node() {
        TestDevice device = new TestDevice();
        ConnectFixture facts =
                Callers.remote(ConnectFixture.node()).withToken(SECRET).withMetadata("linux", Optional.of("Linux"));
        Caller node = Caller.of(facts).on(device).saying(ContractStates::declareCommands);
        gateway.pair(node);
        gateway.admit(node);
        return device.id();
    }

    private static void declareCommands(ObjectNode frame) {
        ArrayNode declared = ((ObjectNode) frame.path("params")).putArray("commands");
        declared.add("system.which");
    }

    /** Two messages at least that are not tried any more. */
    private Ready givenUp() throws IOException, InterruptedException {
        String dead = "/webhooks/" + GatewayFixture.WEBHOOK + "/deliveries?state=dead";
        waiting();
        waiting();
        Eventually.holds("messages are given up", () -> size(dead) >= 2);
        String message = made(rest.get(dead), "/items/0/id");
        return Ready.with(Map.of("name", GatewayFixture.WEBHOOK, "state", "dead", "id", message));
    }

    /** Of a device that nobody has. */
    private static String ban() {
        return "{\"deviceId\": \"" + new TestDevice().id() + "\", \"reason\": \"floods the door\", \"ttl\": \"12h\"}";
    }

    private Ready noted(String... parameter) throws IOException, InterruptedException {
        made(rest.post("/keys", KEY), "/keyId");
        Eventually.holds("two entries of the journal", () -> size("/audit") >= 2);
        return parameter.length == 0 ? Ready.AS_IT_IS : Ready.with(parameter[0], parameter[1]);
    }

    private int size(String list) {
        try {
            return rest.get(list).body().path("items").size();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Caller laptop(TestDevice device) {
        return Caller.of(Callers.remoteCli().withToken(SECRET).withScopes("operator.read", "operator.write"))
                .on(device);
    }

    private static String made(RestServer.Answer answer, String member) {
        JsonNode name = answer.body().at(member);
        if (name.isMissingNode()) {
            throw new AssertionError("not made: " + answer);
        }
        return name.asText();
    }
}
