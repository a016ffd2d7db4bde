package dev.gatehouse.checks.securecontext;

import java.util.Map;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.UpgradeContext.Transport;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.testkit.FakeCheckSetup;
import dev.gatehouse.testkit.GeneratedConnections;
import dev.gatehouse.testkit.Verdicts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

class SecureContextCheckTest {

    private static final String REMOTE = "203.0.113.9";

    private final AdmissionCheck check = new SecureContextFactory().create(FakeCheckSetup.withDefaults());

    @Test
    void upgrade_remoteBrowserOverPlainHttp_isVetoedWithWhatWasSeen() {
        ConnectFixture browser = ConnectFixture.controlUi().from(REMOTE).withHost("gateway.example:18789");

        VetoReason reason = Verdicts.veto(check.atUpgrade(browser.upgrade()));

        assertThat(reason.code()).isEqualTo("CONTROL_UI_DEVICE_IDENTITY_REQUIRED");
        assertThat(reason.message()).isEqualTo("control ui requires HTTPS or localhost (secure context)");
        assertThat(reason.effect()).isEqualTo(Effect.SECURE_CONTEXT);
        assertThat(reason.details())
                .contains(
                        entry("reason", "insecure-context"),
                        entry(
                                "seen",
                                Map.of(
                                        "scheme", "http",
                                        "host", "gateway.example:18789",
                                        "locality", "the peer 203.0.113.9 is another machine")));
        assertThat(reason.fixes())
                .containsExactly(
                        "ssh -N -L 18789:127.0.0.1:18789 gateway.example  # then open http://localhost:18789/",
                        "https://gateway.example/  # with TLS that ends at this server, or at a proxy that the gateway"
                                + " trusts");
    }

    @ParameterizedTest
    @CsvSource({
        "gateway.example, ssh -N -L 8080:127.0.0.1:80 gateway.example  # then open http://localhost:8080/",
        "[fd00::7]:9000, ssh -N -L 9000:127.0.0.1:9000 fd00::7  # then open http://localhost:9000/",
        "10.0.0.3:1024, ssh -N -L 1024:127.0.0.1:1024 10.0.0.3  # then open http://localhost:1024/"
    })
    void fixes_hostHeader_namesItsPort(String host, String line) {
        ConnectFixture browser = ConnectFixture.controlUi().from(REMOTE).withHost(host);

        assertThat(Verdicts.veto(check.atUpgrade(browser.upgrade())).fixes().get(0))
                .isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-oProxyCommand=x",
                "x;id",
                "$(id)",
                "a b",
                "a\nb",
                "x:0",
                "x:65536",
                "[::1",
                "user@x",
                "",
                ":80",
                "b\u00fccher.example"
            })
    void fixes_hostileHostHeader_neverReachTheShellLine(String host) {
        ConnectFixture browser = ConnectFixture.controlUi().from(REMOTE).withHost(host);

        VetoReason reason = Verdicts.veto(check.atUpgrade(browser.upgrade()));

        assertThat(reason.fixes().get(0)).startsWith("ssh -N -L 8080:127.0.0.1:80 GATEWAY_HOST  #");
        assertThat(reason.details().toString()).contains("host=missing or unreadable");
    }

    @Test
    void connect_browserWithoutOrigin_isVetoed() {
        ConnectFixture browser = ConnectFixture.controlUi().from(REMOTE).withHeader("origin");

        assertThat(check.atUpgrade(browser.upgrade())).isEqualTo(Verdict.pass());
        assertThat(Verdicts.veto(check.atConnect(browser.connect())).effect()).isEqualTo(Effect.SECURE_CONTEXT);
    }

    @Test
    void connect_localBrowserOrRemoteProgram_passes() {
        assertThat(check.atUpgrade(ConnectFixture.controlUi().upgrade())).isEqualTo(Verdict.pass());
        assertThat(check.atConnect(ConnectFixture.controlUi().connect())).isEqualTo(Verdict.pass());
        assertThat(check.atConnect(ConnectFixture.tui().from(REMOTE).connect())).isEqualTo(Verdict.pass());
        assertThat(check.atConnect(ConnectFixture.cli().from(REMOTE).connect())).isEqualTo(Verdict.pass());
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"TLS", "TLS_AT_PROXY"})
    void upgrade_remoteBrowserOverTls_passes(Transport transport) {
        ConnectFixture browser = ConnectFixture.controlUi().from(REMOTE).over(transport);

        assertThat(check.atUpgrade(browser.upgrade())).isEqualTo(Verdict.pass());
        assertThat(check.atConnect(browser.connect())).isEqualTo(Verdict.pass());
    }

    @Test
    void verdict_anyConnection_doesNotDependOnIdentity() {
        Identity identity = new Identity(Identity.TOKEN, "gateway");

        assertThat(new GeneratedConnections(1).take(2000))
                .allSatisfy(fixture -> assertThat(
                                check.atConnect(fixture.identifiedAs(identity).connect()))
                        .isEqualTo(check.atConnect(fixture.connect())));
    }
}
