package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.admission.AdmissionChain;
import dev.gatehouse.chain.FolderSight;
import dev.gatehouse.chain.ReloadReport;
import dev.gatehouse.config.Home;
import dev.gatehouse.device.Actor;
import dev.gatehouse.device.Approval;
import dev.gatehouse.device.ApprovedVia;
import dev.gatehouse.device.Authority;
import dev.gatehouse.device.DeviceRegistry;
import dev.gatehouse.device.Invitations;
import dev.gatehouse.device.KeyScope;
import dev.gatehouse.device.PairingRequest;
import dev.gatehouse.refusal.Fix;
import dev.gatehouse.refusal.Fixes;
import dev.gatehouse.refusal.KeptRefusal;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.webhook.RetrySchedule;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A whole gateway with the plugins that the build bundles into the WAR, but without a server: a {@link Peer} stands for
 * the container and its client.
 */
final class GatewayFixture implements AutoCloseable {

    /** The shared token or password. */
    static final String SECRET = "a-long-random-shared-secret";

    /** The webhook of a gateway that has one. */
    static final String WEBHOOK = "ops";

    /** Nobody listens there. */
    private static final String WEBHOOKS = "webhooks: [{name: " + WEBHOOK + ", url: 'http://127.0.0.1:9/',"
            + " secret: 'env:HOOK_SECRET', allow-private-addresses: true}]\n";

    private static final String HOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final RetrySchedule QUICK = new RetrySchedule(List.of(Duration.ofMillis(20)));
    private static final List<Path> BUNDLED = FolderSight.jarsIn(Path.of("target", "plugins"));

    /** Generous, because tests share their machine. */
    private static final String PATIENT = """
            admission: {check-deadline: 20s, chain-deadline: 30s}
            devices: {pending-max-per-address: 1000}
            """;

    private final Gateway gateway;
    private final Path secretFile;
    private final Path configFile;
    private final String tokenCheck;

    private GatewayFixture(Path home, String mode, Map<String, String> environment) {
        this(home, mode, environment, "");
    }

    private GatewayFixture(Path home, String mode, Map<String, String> environment, String more) {
        secretFile = home.resolve("shared-secret");
        configFile = home.resolve("gatehouse.yaml");
        tokenCheck = "token: {mode: " + mode + ", " + mode + ": 'file:shared-secret'}";
        try {
            Files.createDirectories(home);
            Files.writeString(secretFile, SECRET);
            Files.writeString(configFile, PATIENT + "checks: {" + tokenCheck + "}\n" + more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        gateway = Gateway.start(new Home(home), environment, BUNDLED, "", QUICK, Clock.systemUTC());
    }

    /** A gateway whose clients must know a shared token, in a new folder. */
    static GatewayFixture withToken(Path home) {
        return new GatewayFixture(home, "token", Map.of());
    }

    /** A gateway with a token and this setting as well, as it is named in the environment. */
    static GatewayFixture withToken(Path home, String setting, String value) {
        return new GatewayFixture(home, "token", Map.of(setting, value));
    }

    /** A gateway with a token and a webhook whose receiver is not there, so that each message is given up soon. */
    static GatewayFixture withWebhook(Path home) {
        return new GatewayFixture(home, "token", Map.of("HOOK_SECRET", HOOK_SECRET), WEBHOOKS);
    }

    /** A gateway whose clients must know a shared password, in a new folder. */
    static GatewayFixture withPassword(Path home) {
        return new GatewayFixture(home, "password", Map.of());
    }

    /** A gateway with a token that keeps its devices in another database. */
    static GatewayFixture withDatabase(Path home, String jdbcUrl) {
        return new GatewayFixture(
                home, "token", Map.of("GATEHOUSE_DATABASE_URL", jdbcUrl, "GATEHOUSE_DATABASE_USER", "gatehouse"));
    }

    /** Opens a connection; the client has been challenged and has said nothing yet. */
    Peer open(ConnectFixture facts) {
        return open(gateway.chain(), facts);
    }

    /** Opens a connection that another chain than the gateway's own examines. */
    Peer open(AdmissionChain chain, ConnectFixture facts) {
        return new Peer(gateway.gatekeeper(), chain, facts);
    }

    /** Opens a connection and sends the connect frame. */
    Peer connect(Caller caller) {
        return open(caller.facts()).connect(caller);
    }

    /** What an admitted client is told; its connection stays open. */
    JsonNode admit(Caller caller) {
        return connect(caller).hello();
    }

    /** Lets a client ask for its pairing, and approves all that it asks for. */
    void pair(Caller caller) {
        approve(requestPairing(caller));
    }

    /** Lets a client ask for its pairing. */
    String requestPairing(Caller caller) {
        JsonNode error = connect(caller).error();
        assertThat(error.at("/details/code").asText()).as("%s", error).isEqualTo("PAIRING_REQUIRED");
        return error.at("/details/requestId").asText();
    }

    void approve(String requestId) {
        devices()
                .approve(
                        Authority.owner(),
                        requestId,
                        new Approval(Optional.empty(), Optional.empty(), ApprovedVia.OWNER));
    }

    void approve(String requestId, String... scopes) {
        devices()
                .approve(
                        Authority.owner(),
                        requestId,
                        new Approval(Optional.of(Scopes.of(scopes)), Optional.empty(), ApprovedVia.OWNER));
    }

    /** How many pairing requests of a device wait. */
    long waiting(TestDevice device) {
        return devices().pairingRequests(Authority.owner(), PairingRequest.State.PENDING).stream()
                .filter(request -> request.deviceId().equals(device.id()))
                .count();
    }

    DeviceRegistry devices() {
        return gateway.devices();
    }

    /** Whether this is an API key of the gateway's. */
    boolean opensRest(String key) {
        return gateway.apiKeys().verify(Secret.of(key)).isPresent();
    }

    /** A new API key. */
    String apiKey(KeyScope scope) {
        return gateway.apiKeys()
                .create(Actor.OWNER, scope.label(), scope, Optional.empty())
                .secret()
                .expose();
    }

    /** The management API of this gateway. */
    RestServer rest() {
        return new RestServer(gateway);
    }

    /** What is known about a refusal, by the id that its client was told. */
    KeptRefusal refusal(String id) {
        return gateway.refusals().find(id).orElseThrow(() -> new AssertionError("no refusal '" + id + "' is kept"));
    }

    /** What would let the connection of a refusal in. */
    List<Fix> fixes(String refusalId) {
        return new Fixes(gateway.surroundings(), "http://gateway").of(refusal(refusalId));
    }

    Invitations invitations() {
        return gateway.invitations();
    }

    /** How many wrong secrets are still compared this hour. */
    long guessesLeft() {
        return gateway.gatekeeper().guesses().left();
    }

    int liveSessions() {
        return gateway.gatekeeper().sessions().count();
    }

    /** Puts something else where the shared secret is kept. */
    void rewriteSecret(String text) {
        try {
            Files.writeString(secretFile, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives further checks settings, and puts that in force without waiting for it to be noticed. */
    void reconfigure(String checks) {
        try {
            Files.writeString(configFile, PATIENT + "checks: {" + tokenCheck + ", " + checks + "}\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ReloadReport report = gateway.desk().reload();
        assertThat(report.inForce()).as("%s", report).isTrue();
    }

    /** Looks at the secret now, instead of within a second. */
    void lookAtSecrets() {
        gateway.gatekeeper().secrets().look();
    }

    /** Asks the database for a sign of life now, instead of within seconds. */
    void lookAtDatabase() {
        gateway.health().look();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
