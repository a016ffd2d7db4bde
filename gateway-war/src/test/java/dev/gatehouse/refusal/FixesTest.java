package dev.gatehouse.refusal;

import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FixesTest {

    private static final String GATEWAY = "https://gateway.example/gw";

    private record Config(List<String> allowedOrigins, String sharedSecret) implements Surroundings {}

    private Config config = new Config(List.of("https://ui.example:8443"), "file:/var/it's/token");

    @Test
    void pairing_isApprovedByTheseCommandsAndThisPage() {
        VetoReason reason = reason(RefusalKind.SCOPE_UPGRADE).withDetail("requestId", "z0kq-dnsm-m0sc");

        assertThat(copies(ConnectFixture.cli().withScopes("operator.read", "operator.admin"), reason))
                .containsExactly(
                        "https://gateway.example/gw/console/#pairing/z0kq-dnsm-m0sc",
                        "openclaw devices approve z0kq-dnsm-m0sc",
                        "java -jar gatehouse.war devices approve z0kq-dnsm-m0sc",
                        "curl -H \"Authorization: Bearer $API_KEY\" -X POST"
                                + " \"https://gateway.example/gw/api/v1/pairing-requests/z0kq-dnsm-m0sc/approve\"",
                        "curl -H \"Authorization: Bearer $API_KEY\" -H 'Content-Type: application/json' -d '{\"scopes\":"
                                + " [\"operator.read\", \"operator.admin\"]}'"
                                + " \"https://gateway.example/gw/api/v1/pairing-requests/z0kq-dnsm-m0sc/approve\"");
    }

    @Test
    void origin_nearAnAllowedOne_isToldApart_andItsLineKeepsWhatIsAllowed() {
        ConnectFixture page = ConnectFixture.controlUi().withOrigin("https://ui.example");

        List<Fix> fixes = fixes(page, reason(RefusalKind.ORIGIN_NOT_ALLOWED));

        assertThat(fixes.get(0).text()).contains("port missing: the configured one has 8443");
        assertThat(fixes.get(0).copy()).contains("https://ui.example:8443");
        assertThat(fixes.get(1).copy())
                .contains("allowed-origins: [\"https://ui.example:8443\", \"https://ui.example\"]");
    }

    @Test
    void origin_thatIsAllowedByNow_needsNothingButAnotherTry() {
        ConnectFixture page = ConnectFixture.controlUi().withOrigin("https://ui.example:8443");

        assertThat(fixes(page, reason(RefusalKind.ORIGIN_NOT_ALLOWED)))
                .singleElement()
                .extracting(Fix::text)
                .asString()
                .contains("allowed by now");
    }

    @Test
    void origin_thatAWildcardStandsForByNow_needsNothingButAnotherTry() {
        config = new Config(List.of("https://*.ui.example"), "file:/token");
        ConnectFixture page = ConnectFixture.controlUi().withOrigin("https://a.ui.example");

        assertThat(fixes(page, reason(RefusalKind.ORIGIN_NOT_ALLOWED)))
                .singleElement()
                .extracting(Fix::text)
                .asString()
                .contains("allowed by now");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a\"]}\nx: y", "https://$(reboot).example", "javascript:alert(1)"})
    void origin_thatIsNone_isNoLineOfConfig(String origin) {
        assertThat(copies(ConnectFixture.controlUi().withOrigin(origin), reason(RefusalKind.ORIGIN_NOT_ALLOWED)))
                .isEmpty();
    }

    @Test
    void page_overPlainHttp_getsATunnelToTheHostThatItCameTo() {
        ConnectFixture page = ConnectFixture.controlUi().from("192.0.2.1").withHost("gw.example:18789");

        assertThat(copies(page, reason(RefusalKind.INSECURE_CONTEXT)))
                .contains("ssh -N -L 18789:127.0.0.1:18789 gw.example");
        assertThat(copies(page.withHost("gw.example"), reason(RefusalKind.INSECURE_CONTEXT)))
                .contains("ssh -N -L 8080:127.0.0.1:80 gw.example");
        assertThat(copies(page.withHost("[2001:db8::1]:443"), reason(RefusalKind.INSECURE_CONTEXT)))
                .contains("ssh -N -L 8443:127.0.0.1:443 2001:db8::1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$(reboot)", "-oProxyCommand=reboot", "a;reboot", "gw.example:99999"})
    void host_thatIsNone_isPartOfNoCommand(String host) {
        ConnectFixture page = ConnectFixture.controlUi().from("192.0.2.1").withHost(host);

        assertThat(copies(page, reason(RefusalKind.INSECURE_CONTEXT))).isEmpty();
    }

    @Test
    void page_behindAProxyThatNamesNoScheme_isToldHowToSayIt() {
        ConnectFixture page = ConnectFixture.controlUi().through("192.0.2.1", "203.0.113.9");

        assertThat(copies(page, reason(RefusalKind.INSECURE_CONTEXT)))
                .contains("network: {trusted-proxies-terminate-tls: true}");
    }

    @Test
    void wrongSecret_isNamed_withThePlaceOfTheRightOne() {
        List<Fix> fixes = fixes(ConnectFixture.cli().withPassword("x"), reason(RefusalKind.TOKEN_MISMATCH));

        assertThat(fixes.get(0).text()).isEqualTo("the client sent a wrong shared token, as auth.password");
        assertThat(fixes).extracting(Fix::copy).contains(Optional.of("cat '/var/it'\\''s/token'"));
    }

    @Test
    void wrongSecret_fromTheEnvironment_isLookedUpThere() {
        config = new Config(List.of(), "env:GATEWAY_TOKEN");

        assertThat(copies(ConnectFixture.cli().withToken("x"), reason(RefusalKind.TOKEN_MISMATCH)))
                .containsExactly("GATEWAY_TOKEN", "OPENCLAW_GATEWAY_TOKEN");
    }

    @Test
    void revokedDevice_isToldHowToAskAgain() {
        ConnectFixture device =
                ConnectFixture.cli().withDevice().withToken("old").withDeviceToken("old");

        assertThat(fixes(device, reason(RefusalKind.DEVICE_TOKEN_REVOKED)))
                .extracting(Fix::text)
                .first()
                .isEqualTo("the device token is the one that is wrong: an operator revoked it");
        assertThat(fixes(device, reason(RefusalKind.DEVICE_TOKEN_REVOKED)))
                .extracting(Fix::text)
                .anyMatch(text -> text.contains("asks again"))
                .anyMatch(text -> text.contains("auth.token, is not this gateway's either"));
    }

    @Test
    void pluginsOwnReason_repeatsItsAdvice_visibly() {
        VetoReason reason = VetoReason.of("OUT_OF_HOURS", Effect.COME_BACK_LATER, "the office is closed")
                .withFix("come at nine\u202E");

        assertThat(copies(ConnectFixture.cli(), reason)).containsExactly("come at nine<U+202E>");
    }

    @ParameterizedTest
    @EnumSource
    void everyKind_hasSomethingToDo(RefusalKind kind) {
        VetoReason reason = kind == RefusalKind.OF_A_PLUGIN
                ? VetoReason.of("OUT_OF_HOURS", Effect.COME_BACK_LATER, "closed")
                : reason(kind);

        assertThat(fixes(ConnectFixture.cli(), reason)).isNotEmpty();
        assertThat(fixes(ConnectFixture.cli().withDevice(), reason))
                .isNotEmpty()
                .allSatisfy(fix -> assertThat(fix.text()).isNotBlank().doesNotContain("`"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://x\"; reboot; \"", "http://a b", ""})
    void gateway_ofAStrangeAddress_isAVariable(String gateway) {
        KeptRefusal kept = Occurrences.kept(Occurrences.of(ConnectFixture.cli(), reason(RefusalKind.UNDECIDED)));

        assertThat(new Fixes(config, gateway).consoleOf(kept)).isEqualTo("$GATEHOUSE/console/#refusals/00c0ffee00");
    }

    private static VetoReason reason(RefusalKind kind) {
        VetoReason reason = VetoReason.of(kind.code(), Effect.IDENTIFY, kind.said() + "(...)");
        return kind.reason().map(detail -> reason.withDetail("reason", detail)).orElse(reason);
    }

    private List<String> copies(ConnectFixture facts, VetoReason reason) {
        return fixes(facts, reason).stream()
                .map(Fix::copy)
                .flatMap(Optional::stream)
                .toList();
    }

    private List<Fix> fixes(ConnectFixture facts, VetoReason reason) {
        return new Fixes(config, GATEWAY).of(Occurrences.kept(Occurrences.of(facts, reason)));
    }
}
