package dev.gatehouse.bootstrap;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.admission.AdmissionChain;
import dev.gatehouse.admission.AdmissionSettings;
import dev.gatehouse.admission.Examiners;
import dev.gatehouse.admission.NamedCheck;
import dev.gatehouse.device.Authority;
import dev.gatehouse.device.GatewayUrl;
import dev.gatehouse.device.Invitation;
import dev.gatehouse.device.InvitationOffer;
import dev.gatehouse.device.InvitationProfile;
import dev.gatehouse.device.NewInvitation;
import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.gatehouse.bootstrap.GatewayFixture.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

/** Invited devices, over a whole gateway with its default chain. */
class InvitationEndToEndTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ConnectFixture NODE =
            Callers.remote(ConnectFixture.node()).withScopes();

    @SuppressWarnings("NullAway.Init") // set before every test
    private static GatewayFixture gateway;

    private final TestDevice device = new TestDevice();

    @BeforeAll
    static void start(@TempDir Path folder) {
        gateway = GatewayFixture.withToken(folder.resolve("home"));
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @Test
    void invitedNode_withoutAnySecret_comesInAndGetsADeviceToken() {
        NewInvitation made = invite(InvitationProfile.NODE);

        JsonNode auth = gateway.admit(invited(NODE, made)).path("auth");

        assertThat(auth.path("method").asText()).isEqualTo("bootstrap-token");
        assertThat(auth.has("deviceTokens")).isFalse();
        String deviceToken = auth.path("deviceToken").asText();
        JsonNode again =
                gateway.admit(Caller.of(NODE.withDeviceToken(deviceToken)).on(device));
        assertThat(again.at("/auth/method").asText()).isEqualTo("device-token");
        assertThat(state(made)).isEqualTo(Invitation.State.REDEEMED);
        assertRefused(invited(NODE, made));
    }

    @Test
    void invitedNode_withAWrongSecret_comesInAllTheSame() {
        NewInvitation made = invite(InvitationProfile.NODE);
        ConnectFixture facts = NODE.withToken("wrong");

        assertThat(gateway.admit(invited(facts, made)).at("/auth/method").asText())
                .isEqualTo("bootstrap-token");
    }

    @Test
    void invitedApp_ofTwoRoles_getsTheTokensOfBoth() {
        NewInvitation made = invite(InvitationProfile.LIMITED);

        JsonNode auth = gateway.admit(invited(NODE, made)).path("auth");

        assertThat(auth.path("deviceTokens")).hasSize(1);
        JsonNode other = auth.at("/deviceTokens/0");
        assertThat(other.path("role").asText()).isEqualTo("operator");
        assertThat(other.path("issuedAtMs").isIntegralNumber()).isTrue();
        ConnectFixture operator = Callers.nativeApp()
                .withMetadata(
                        NODE.connect().client().platform(),
                        NODE.connect().client().deviceFamily())
                .withScopes("operator.read", "operator.write")
                .withDeviceToken(other.path("deviceToken").asText());
        JsonNode hello = gateway.admit(Caller.of(operator).on(device));
        assertThat(hello.at("/auth/scopes").toString()).isEqualTo("[\"operator.read\",\"operator.write\"]");
    }

    @Test
    void helloThatIsLost_costsTheDeviceNothing() {
        NewInvitation made = invite(InvitationProfile.NODE);
        gateway.admit(invited(NODE, made));

        JsonNode again = gateway.admit(invited(NODE, made));

        assertThat(again.at("/auth/deviceToken").asText()).hasSize(43);
        assertRefused(Caller.of(NODE.withBootstrapToken(token(made))).onNewDevice());
    }

    @Test
    void invitedBrowser_thatAsksForMore_isCutToItsProfile() {
        NewInvitation made = invite(InvitationProfile.CONTROL_UI);
        ConnectFixture browser =
                ConnectFixture.controlUi().withScopes("operator.read", "operator.admin", "operator.pairing");

        JsonNode hello = gateway.admit(invited(browser, made));

        assertThat(hello.at("/auth/scopes").toString()).isEqualTo("[\"operator.read\"]");
    }

    @Test
    void codesOfNoUse_areToldTheSame() {
        NewInvitation revoked = invite(InvitationProfile.NODE);
        gateway.invitations().revoke(Authority.owner(), revoked.invitation().invitationId());
        NewInvitation otherRole = invite(InvitationProfile.CONTROL_UI);

        assertRefused(invited(NODE, revoked));
        assertRefused(invited(NODE, otherRole));
        assertRefused(Caller.of(NODE.withBootstrapToken("x".repeat(43))).on(device));
    }

    @Test
    void connection_thatALaterCheckRefuses_costsNothing() {
        NewInvitation made = invite(InvitationProfile.NODE);
        try (Examiners examiners = new Examiners(1)) {
            VetoReason late = VetoReason.of("LATE", VetoReason.Effect.COME_BACK_LATER, "not now");
            AdmissionChain refusing = chain(examiners, invitation(), new NamedCheck("late", check(Verdict.veto(late))));

            JsonNode refused =
                    gateway.open(refusing, NODE).connect(invited(NODE, made)).error();
            assertThat(refused.path("message").asText()).isEqualTo("not now");
            assertThat(state(made)).isEqualTo(Invitation.State.OPEN);

            gateway.open(chain(examiners, invitation()), NODE)
                    .connect(invited(NODE, made))
                    .hello();
            assertThat(state(made)).isEqualTo(Invitation.State.REDEEMED);
        }
    }

    @Test
    void connection_thatAnotherDeviceCameBefore_isToldThatTheCodeIsUsed() {
        NewInvitation made = invite(InvitationProfile.NODE);
        gateway.admit(Caller.of(NODE.withBootstrapToken(token(made))).onNewDevice());
        try (Examiners examiners = new Examiners(1)) {
            // As when both had been examined before the first one redeemed.
            Peer late = gateway.open(chain(examiners, invitation()), NODE).connect(invited(NODE, made));

            assertThat(late.errorCode()).isEqualTo("AUTH_BOOTSTRAP_TOKEN_INVALID");
        }
    }

    @Test
    void setupCode_byAnAdministrator_isRedeemedAndTold() throws Exception {
        Peer admin = admin();

        JsonNode code = admin.result("device.pair.setupCode", "{\"bootstrapProfile\":\"node\",\"joinUrl\":true}");

        assertThat(code.path("gatewayUrl").asText()).startsWith("ws://");
        assertThat(code.path("urlSource").asText()).isEqualTo("request.host");
        assertThat(code.path("joinUrl").asText()).startsWith("http://").contains("/j/");
        assertThat(code.path("access").asText()).isEqualTo("node");
        assertThat(code.path("auth").asText()).isEqualTo("token");
        assertThat(code.path("qrDataUrl").asText()).startsWith("data:image/png;base64,");
        String setup = "{\"setupId\":\"" + code.path("setupId").asText() + "\"}";
        assertThat(admin.result("device.pair.setupStatus", setup)).isEmpty();

        JsonNode payload = MAPPER.readTree(
                new String(Base64.getUrlDecoder().decode(code.path("setupCode").asText()), StandardCharsets.UTF_8));
        gateway.admit(
                Caller.of(NODE.withBootstrapToken(payload.path("bootstrapToken").asText()))
                        .on(device));

        JsonNode told = admin.event("device.pair.setup.completed").path("payload");
        assertThat(told.path("deviceId").asText()).isEqualTo(device.id());
        assertThat(told.path("access").asText()).isEqualTo("node");
        assertThat(admin.result("device.pair.setupStatus", setup).path("completion"))
                .isEqualTo(told);
    }

    @Test
    void setupCode_whatCannotBe_isRefusedInTheWordsOfTheReference() {
        Peer admin = admin();

        assertThat(admin.objection("device.pair.setupCode", "{\"bootstrapProfile\":\"limited\",\"joinUrl\":true}"))
                .isEqualTo("Join URLs require bootstrapProfile=node.");
        assertThat(admin.objection("device.pair.setupCode", "{\"joinUrl\":true,\"publicUrl\":\"ws://192.168.1.5\"}"))
                .startsWith("Join URLs require a TLS gateway endpoint, except for loopback.");
        assertThat(admin.objection("device.pair.setupCode", "{\"publicUrl\":\"ftp://x\"}"))
                .isEqualTo("Configured publicUrl is invalid.");
        assertThat(admin.objection("device.pair.setupCode", "{\"bootstrapProfile\":\"owner\"}"))
                .contains("/bootstrapProfile: must be equal to one of the allowed values");
        assertThat(admin.result("device.pair.setupStatus", "{\"setupId\":\"nobody\"}"))
                .isEmpty();
    }

    @Test
    void setupCode_fullOverPlainText_isDowngraded() {
        JsonNode code = admin().result(
                        "device.pair.setupCode", "{\"publicUrl\":\"http://192.168.1.5:18789\",\"includeQr\":false}");

        assertThat(code.path("access").asText()).isEqualTo("limited");
        assertThat(code.path("accessDowngraded").asBoolean()).isTrue();
        assertThat(code.path("urlSource").asText()).isEqualTo("request.publicUrl");
        assertThat(code.has("qrDataUrl")).isFalse();
    }

    @Test
    void setupCode_withoutAdmin_isRefusedAndInNoHello() {
        Caller reader = Caller.of(Callers.localCli().withToken(SECRET).withScopes("operator.read", "operator.pairing"));
        Peer peer = gateway.connect(reader);

        JsonNode hello = peer.hello();

        assertThat(hello.at("/features/methods").toString()).doesNotContain("device.pair.setup");
        assertThat(peer.objection("device.pair.setupCode", "{}")).isEqualTo("missing scope: operator.admin");
    }

    private static Peer admin() {
        Peer admin = gateway.connect(
                Caller.of(Callers.localCli().withToken(SECRET).withScopes("operator.admin", "operator.pairing")));
        admin.hello();
        return admin;
    }

    private static NewInvitation invite(InvitationProfile profile) {
        return gateway.invitations()
                .invite(
                        Authority.owner(),
                        new InvitationOffer(
                                profile,
                                Optional.empty(),
                                Optional.empty(),
                                new GatewayUrl("wss://gateway.example"),
                                Optional.empty()));
    }

    private Caller invited(ConnectFixture facts, NewInvitation made) {
        return Caller.of(facts.withBootstrapToken(token(made))).on(device);
    }

    private static String token(NewInvitation made) {
        return made.handover().setupCode().token().expose();
    }

    private static Invitation.State state(NewInvitation made) {
        return gateway.invitations()
                .invitation(Authority.owner(), made.invitation().invitationId())
                .state();
    }

    private static void assertRefused(Caller caller) {
        RecordedRefusal.of("R42", "").assertToldTo(gateway.connect(caller), caller);
    }

    /** Identifies like the pairing check, whatever the invitation is worth. */
    private static NamedCheck invitation() {
        return new NamedCheck(
                "pairing", check(Verdict.identified(new Identity(Identity.BOOTSTRAP_TOKEN, "d"), Scopes.none())));
    }

    private static AdmissionCheck check(Verdict verdict) {
        return new AdmissionCheck() {
            @Override
            public Verdict atConnect(ConnectContext context) {
                return verdict;
            }
        };
    }

    private static AdmissionChain chain(Examiners examiners, NamedCheck... checks) {
        Duration patient = Duration.ofSeconds(20);
        return new AdmissionChain(
                List.of(checks), new AdmissionSettings(List.of(), patient, patient, 1, 1000, patient), examiners);
    }
}
