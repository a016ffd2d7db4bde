package dev.gatehouse.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FramesTest {

    @Test
    void challenge_announcesNoCapabilities() {
        assertThat(Frames.challenge("n-1", 1_760_000_000_000L)).isEqualTo("""
                {"type":"event","event":"connect.challenge","payload":{"nonce":"n-1","ts":1760000000000}}""");
    }

    @Test
    void targetedEvent_hasNoNumber() {
        assertThat(Frames.event("shutdown", Map.of("reason", "gateway stopping")))
                .isEqualTo("""
                {"type":"event","event":"shutdown","payload":{"reason":"gateway stopping"}}""");
    }

    @Test
    void broadcastEvent_isNumbered() {
        assertThat(Frames.numbered(Frames.event("tick", Map.of("ts", 5)), 1)).isEqualTo("""
                {"type":"event","event":"tick","payload":{"ts":5},"seq":1}""");
    }

    @Test
    void eventAboutThePresence_saysItsVersion() {
        Hello.Presence presence = new Hello.Presence(List.of(), 3);

        assertThat(Frames.event("presence", Map.of("presence", List.of()), presence.stateVersion()))
                .isEqualTo("""
                {"type":"event","event":"presence","payload":{"presence":[]},\
                "stateVersion":{"presence":3,"health":0}}""");
    }

    @Test
    void id_isSentBack_asItCame() {
        assertThat(Frames.ok("1:\"\u20ac\n", Map.of())).isEqualTo("""
                {"type":"res","id":"1:\\"\u20ac\\n","ok":true,"payload":{}}""");
    }

    @Test
    void payloadThatIsNotJson_isABug() {
        assertThatIllegalArgumentException().isThrownBy(() -> Frames.ok("1", Map.of("a", new Object())));
    }

    @Test
    void hello_hasTheShapeOfTheWire() {
        Hello hello = new Hello(
                "0.1.0",
                "c1",
                12,
                List.of("health"),
                List.of("tick"),
                Role.OPERATOR,
                Scopes.of("operator.admin"),
                Identity.TOKEN,
                new Hello.Presence(List.of(Map.of("mode", "ui")), 3),
                Optional.of(new Hello.IssuedToken(Secret.of("dt"), 7)));

        assertThat(Frames.ok("1:a", hello.payload())).isEqualTo("""
                {"type":"res","id":"1:a","ok":true,"payload":{"type":"hello-ok","protocol":4,\
                "server":{"version":"0.1.0","connId":"c1","controlUiBuildSource":"configured"},\
                "features":{"methods":["health"],"events":["tick"]},\
                "snapshot":{"presence":[{"mode":"ui"}],"health":{},"stateVersion":{"presence":3,"health":0},"uptimeMs":12,\
                "authMode":"token"},\
                "auth":{"role":"operator","scopes":["operator.admin"],"method":"token","deviceToken":"dt","issuedAtMs":7},\
                "policy":{"maxPayload":26214400,"maxBufferedBytes":52428800,"tickIntervalMs":30000}}}""");
        assertThat(hello.toString()).doesNotContain("dt");
    }

    @Test
    void hello_tellsTheMode_toAdministratorsOnly() {
        assertThat(written(hello(Role.OPERATOR, Scopes.of("operator.read"), Identity.TOKEN)))
                .doesNotContain("authMode");
    }

    @Test
    void hello_ofADeviceToken_tellsNoMode() {
        assertThat(written(hello(Role.OPERATOR, Scopes.of("operator.admin"), Identity.DEVICE_TOKEN)))
                .doesNotContain("authMode");
    }

    @Test
    void hello_withoutANewToken_deliversNone() {
        assertThat(written(hello(Role.NODE, Scopes.none(), Identity.DEVICE_TOKEN)))
                .doesNotContain("deviceToken", "issuedAtMs")
                .contains("\"auth\":{\"role\":\"node\",\"scopes\":[],\"method\":\"device-token\"}");
    }

    private static Hello hello(Role role, Scopes scopes, String method) {
        Hello.Presence nobody = new Hello.Presence(List.of(), 0);
        return new Hello("0.1.0", "c1", 12, List.of(), List.of(), role, scopes, method, nobody, Optional.empty());
    }

    private static String written(Hello hello) {
        return Frames.ok("1", hello.payload());
    }
}
