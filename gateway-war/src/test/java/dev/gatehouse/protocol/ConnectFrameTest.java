package dev.gatehouse.protocol;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Credentials;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.UpgradeContext;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ConnectFrameTest {

    private static final UpgradeContext UPGRADE = new UpgradeContext(
            "c1",
            InetAddress.getLoopbackAddress(),
            InetAddress.getLoopbackAddress(),
            List.of(),
            new UpgradeContext.Locality(true, "loopback peer"),
            UpgradeContext.Transport.PLAIN,
            Optional.empty(),
            Optional.empty(),
            "/",
            Map.of(),
            List.of(),
            List.of());

    @Test
    void minimalFrame_isParsed_withDefaults() {
        ConnectFrame frame = ConnectJson.frame(ConnectJson.minimal());

        assertThat(frame.id()).isEqualTo("1:a");
        assertThat(frame.client().isCli()).isTrue();
        assertThat(frame.client().deviceFamily()).isEmpty();
        assertThat(frame.client().capabilities()).isEmpty();
        assertThat(frame.role()).contains(Role.OPERATOR);
        assertThat(frame.scopeNames()).isEmpty();
        assertThat(frame.credentials()).isEqualTo(Credentials.none());
        assertThat(frame.signedToken()).isEqualTo(Secret.of(""));
        assertThat(frame.device()).isEmpty();
        assertThat(frame.node()).isEqualTo(NodeDeclaration.NONE);
        assertThat(frame.minProtocol()).isEqualTo(4);
        assertThat(frame.maxProtocol()).isEqualTo(4);
    }

    @Test
    void fullFrame_isParsed_asSent() {
        ConnectFrame frame = ConnectJson.frame(ConnectJson.full());

        assertThat(frame.client().platform()).isEqualTo(" Linux ");
        assertThat(frame.client().deviceFamily()).contains("Mac");
        assertThat(frame.client().displayName()).contains("vm");
        assertThat(frame.client().capabilities()).containsExactly("browser");
        assertThat(frame.node())
                .isEqualTo(new NodeDeclaration(
                        List.of("browser"),
                        List.of("system.run"),
                        Map.of("camera", true),
                        Optional.of("m"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("/bin")));
        assertThat(frame.credentials().token()).contains(Secret.of("secret-token"));
        assertThat(frame.credentials().password()).contains(Secret.of("p"));
        assertThat(frame.credentials().deviceToken()).contains(Secret.of("d"));
        assertThat(frame.credentials().bootstrapToken()).contains(Secret.of("b"));
        assertThat(frame.device().orElseThrow().signedAt()).isEqualTo(1_760_000_000_000L);
        assertThat(frame.device().orElseThrow().nonce()).isEqualTo(ConnectJson.NONCE);
    }

    @Test
    void scopes_areKept_asSentAndAsSet() {
        ConnectFrame frame = ConnectJson.frame(
                ConnectJson.with(ConnectJson.minimal(), "/params/scopes", "[\"b.b\",\"\",\"a.a\",\"b.b\",\" a.a\"]"));

        assertThat(frame.scopeNames()).containsExactly("b.b", "", "a.a", "b.b", " a.a");
        assertThat(frame.requestedScopes()).isEqualTo(Scopes.of("b.b", "a.a"));
    }

    @Test
    void blankCredentials_areAbsent_butSignedAsSent() {
        ConnectFrame frame = ConnectJson.frame(ConnectJson.with(
                ConnectJson.minimal(), "/params/auth", "{\"token\":\" \",\"password\":\"\",\"deviceToken\":\" d \"}"));

        assertThat(frame.credentials().token()).isEmpty();
        assertThat(frame.credentials().password()).isEmpty();
        assertThat(frame.credentials().deviceToken()).contains(Secret.of(" d "));
        assertThat(frame.signedToken()).isEqualTo(Secret.of(" "));
    }

    @Test
    void signedToken_isTheFirstSent_neverThePassword() {
        assertThat(signedToken("{\"bootstrapToken\":\"b\",\"deviceToken\":\"d\"}"))
                .isEqualTo(Secret.of("d"));
        assertThat(signedToken("{\"bootstrapToken\":\"b\",\"password\":\"p\"}")).isEqualTo(Secret.of("b"));
        assertThat(signedToken("{\"password\":\"p\"}")).isEqualTo(Secret.of(""));
    }

    @Test
    void unknownMembers_areIgnored_atEveryLevel() {
        ConnectFrame plain = ConnectJson.frame(ConnectJson.full());

        for (String parent : List.of("", "/params", "/params/client", "/params/auth", "/params/device")) {
            assertThat(ConnectJson.frame(ConnectJson.with(ConnectJson.full(), parent + "/new", "{\"a\":[1]}")))
                    .isEqualTo(plain);
        }
    }

    @Test
    void unknownRole_isKept_forThePreconditions() {
        ConnectFrame frame = ConnectJson.frame(ConnectJson.with(ConnectJson.minimal(), "/params/role", "\"guest\""));

        assertThat(frame.roleName()).isEqualTo("guest");
        assertThat(frame.role()).isEmpty();
        assertThatIllegalStateException().isThrownBy(() -> frame.toContext(UPGRADE, new DeviceProof.Absent()));
    }

    @Test
    void context_carriesTheFacts() {
        ConnectFrame frame = ConnectJson.frame(ConnectJson.full());

        ConnectContext context = frame.toContext(UPGRADE, new DeviceProof.Absent());

        assertThat(context.upgrade()).isEqualTo(UPGRADE);
        assertThat(context.client()).isEqualTo(frame.client());
        assertThat(context.role()).isEqualTo(Role.OPERATOR);
        assertThat(context.requestedScopes()).isEqualTo(Scopes.of("operator.pairing", "operator.read"));
        assertThat(context.credentials()).isEqualTo(frame.credentials());
        assertThat(context.identity()).isEmpty();
    }

    @Test
    void text_hidesSecrets() {
        assertThat(ConnectJson.frame(ConnectJson.full()).toString()).doesNotContain("secret-token");
    }

    private static Secret signedToken(String auth) {
        return ConnectJson.frame(ConnectJson.with(ConnectJson.minimal(), "/params/auth", auth))
                .signedToken();
    }
}
