package dev.gatehouse.bootstrap;

import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.spi.UpgradeContext.Transport;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.gatehouse.bootstrap.Callers.WRONG;
import static dev.gatehouse.bootstrap.GatewayFixture.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

/** Whom the default chain admits without a device, which refusal comes first, and what no client can repeat. */
class AdmissionEndToEndTest {

    private static final String EVIL = "https://evil.example";

    private static GatewayFixture gateway;

    @BeforeAll
    static void start(@TempDir Path folder) {
        gateway = GatewayFixture.withToken(folder.resolve("home"));
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @ParameterizedTest
    @MethodSource
    void trustedProgram_ofThisMachine_keepsItsScopesWithoutADevice(ConnectFixture client) {
        assertThat(scopes(client.withToken(SECRET))).containsExactly("operator.read");
    }

    static List<ConnectFixture> trustedProgram_ofThisMachine_keepsItsScopesWithoutADevice() {
        return List.of(ConnectFixture.cli(), ConnectFixture.backend());
    }

    @ParameterizedTest
    @MethodSource
    void otherClient_isAdmittedWithoutScopesWithoutADevice(ConnectFixture client) {
        assertThat(scopes(client.withToken(SECRET).withScopes("operator.admin", "operator.read")))
                .isEmpty();
    }

    static List<ConnectFixture> otherClient_isAdmittedWithoutScopesWithoutADevice() {
        return List.of(
                Callers.remoteCli(),
                Callers.remote(ConnectFixture.backend()),
                Callers.nativeApp(),
                Callers.webchat(),
                ConnectFixture.client("openclaw-probe", "probe"),
                ConnectFixture.cli().withOrigin("http://localhost:18789"),
                ConnectFixture.backend().withOrigin("http://localhost:18789"));
    }

    @ParameterizedTest
    @MethodSource
    void browser_overPlainHttpFromElsewhere_isToldToUseASecureContext(ConnectFixture client) {
        Peer peer = gateway.connect(Caller.of(client.withToken(SECRET)).onNewDevice());

        JsonNode error = peer.error();

        assertThat(error.path("code").asText()).isEqualTo("INVALID_REQUEST");
        assertThat(error.path("message").asText()).isEqualTo("control ui requires HTTPS or localhost (secure context)");
        assertThat(error.at("/details/code").asText()).isEqualTo("CONTROL_UI_DEVICE_IDENTITY_REQUIRED");
        assertThat(error.at("/details/reason").asText()).isEqualTo("insecure-context");
        assertThat(error.at("/details/seen/host").asText()).isEqualTo("gateway.example:18789");
        assertThat(peer.close().getCloseCode().getCode()).isEqualTo(1008);
        assertThat(peer.close().getReasonPhrase()).isEqualTo("control ui requires HTTPS or localhost (secure context)");
    }

    static List<ConnectFixture> browser_overPlainHttpFromElsewhere_isToldToUseASecureContext() {
        return List.of(
                Callers.remote(ConnectFixture.controlUi()).withOrigin("http://gateway.example:18789"),
                Callers.remote(ConnectFixture.controlUi()).withHeader("origin"),
                Callers.remote(Callers.webchat()),
                Callers.remote(ConnectFixture.cli()).withOrigin(EVIL));
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "TLS_AT_PROXY"})
    void browser_overTlsFromElsewhere_maySpeak(Transport transport) {
        ConnectFixture client = ConnectFixture.controlUi()
                .from(Callers.REMOTE)
                .over(transport)
                .withHost("192.168.1.7:18789")
                .withOrigin("https://192.168.1.7:18789");

        assertThat(code(Caller.of(client.withToken(SECRET)).onNewDevice())).isEqualTo("PAIRING_REQUIRED");
    }

    @Test
    void badSignature_hidesAWrongToken() {
        Caller caller = Caller.of(Callers.remoteCli().withToken(WRONG))
                .onNewDevice()
                .forging(AdmissionEndToEndTest::spoilSignature);

        assertThat(code(caller)).isEqualTo("DEVICE_AUTH_SIGNATURE_INVALID");
    }

    @Test
    void missingDevice_ofTheControlUi_hidesAWrongToken() {
        assertThat(code(Caller.of(ConnectFixture.controlUi().withToken(WRONG))))
                .isEqualTo("CONTROL_UI_DEVICE_IDENTITY_REQUIRED");
    }

    @Test
    void wrongToken_ofAnotherClient_hidesItsMissingDevice() {
        assertThat(code(Caller.of(ConnectFixture.node().withToken(WRONG)))).isEqualTo("AUTH_TOKEN_MISMATCH");
    }

    @Test
    void badOrigin_hidesABadSignatureAndAWrongToken() {
        Caller caller = Caller.of(Callers.remoteControlUi(EVIL).withToken(WRONG))
                .onNewDevice()
                .forging(AdmissionEndToEndTest::spoilSignature);

        assertThat(code(caller)).isEqualTo("CONTROL_UI_ORIGIN_NOT_ALLOWED");
    }

    @Test
    void insecureContext_hidesABadOrigin() {
        Caller caller = Caller.of(Callers.remoteControlUi(EVIL).over(Transport.PLAIN));

        assertThat(code(caller)).isEqualTo("CONTROL_UI_DEVICE_IDENTITY_REQUIRED");
    }

    @Test
    void protocolMismatch_hidesABadOrigin() {
        Caller caller = Caller.of(Callers.remoteControlUi(EVIL))
                .saying(frame ->
                        frame.withObject("params").put("minProtocol", 5).put("maxProtocol", 5));

        assertThat(code(caller)).isEqualTo("PROTOCOL_MISMATCH");
    }

    @Test
    void wrongToken_opensNoPairingRequest() {
        TestDevice device = new TestDevice();

        assertThat(code(Caller.of(Callers.remoteCli().withToken(WRONG)).on(device)))
                .isEqualTo("AUTH_TOKEN_MISMATCH");

        assertThat(gateway.waiting(device)).isZero();
    }

    @Test
    void connectFrame_thatIsReplayedOnAnotherConnection_isRefused() {
        Caller caller = Caller.of(Callers.remoteCli().withToken(SECRET)).onNewDevice();
        gateway.pair(caller);
        Peer victim = gateway.open(caller.facts());
        String frame = victim.connectFrame(caller);
        victim.send(frame);
        victim.hello();
        int live = gateway.liveSessions();

        Peer thief = gateway.open(caller.facts());
        thief.send(frame);

        RecordedRefusal.of("R26", "").assertToldTo(thief, caller);
        assertThat(gateway.liveSessions()).isEqualTo(live);
        assertThat(victim.isClosed()).isFalse();
    }

    private static void spoilSignature(ObjectNode frame) {
        frame.withObject("params").withObject("device").put("signature", new TestDevice().sign("another payload"));
    }

    private static String code(Caller caller) {
        return gateway.connect(caller).errorCode();
    }

    private static List<String> scopes(ConnectFixture client) {
        JsonNode hello = gateway.admit(Caller.of(client));
        return hello.at("/auth/scopes").valueStream().map(JsonNode::asText).toList();
    }
}
