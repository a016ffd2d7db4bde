package dev.gatehouse.checks.origin;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;
import dev.gatehouse.spi.VetoReason.Retry;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.testkit.FakeCheckSetup;
import dev.gatehouse.testkit.GeneratedConnections;
import dev.gatehouse.testkit.StockRefusal;
import dev.gatehouse.testkit.Verdicts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class OriginCheckTest {

    private static final String REMOTE = "203.0.113.9";
    private static final String EXTENSION = "chrome-extension://abcdefghijklmnopabcdefghijklmnop";
    private static final ConnectFixture PAGE =
            ConnectFixture.controlUi().from(REMOTE).withHost("gateway.example");

    private final AdmissionCheck check = new OriginFactory()
            .create(FakeCheckSetup.with(
                    Map.of("allowed-origins", List.of("https://good.example", "http://[2001:db8::7]:8080"))));

    @Test
    void upgrade_originNotAllowed_isVetoedAsStock() {
        VetoReason reason = Verdicts.veto(
                check.atUpgrade(PAGE.withOrigin("https://evil.example:8443").upgrade()));

        assertThat(StockRefusal.of("R14", "origin not allowed").differencesFrom(reason))
                .isEmpty();
        assertThat(reason.effect()).isEqualTo(Effect.ALLOW_ORIGIN);
        assertThat(reason.retry()).isEqualTo(Retry.after(Duration.ofSeconds(30)));
        assertThat(reason.fixes()).containsExactly("checks.origin.allowed-origins: [\"https://evil.example:8443\"]");
    }

    @Test
    void connect_browserWithoutOrigin_isVetoedAsStock() {
        VetoReason reason =
                Verdicts.veto(check.atConnect(PAGE.withHeader("origin").connect()));

        assertThat(StockRefusal.of("R14", "origin missing or invalid").differencesFrom(reason))
                .isEmpty();
        assertThat(reason.fixes()).isEmpty();
    }

    @Test
    void connect_programWithoutOrigin_passes() {
        ConnectFixture program = ConnectFixture.cli().from(REMOTE);

        assertThat(check.atUpgrade(program.upgrade())).isEqualTo(Verdict.pass());
        assertThat(check.atConnect(program.connect())).isEqualTo(Verdict.pass());
        assertThat(check.atConnect(ConnectFixture.tui().from(REMOTE).connect())).isEqualTo(Verdict.pass());
    }

    @Test
    void upgrade_programWithForeignOrigin_isVetoed() {
        ConnectFixture program = ConnectFixture.cli().from(REMOTE).withOrigin("https://evil.example");

        Verdicts.veto(check.atUpgrade(program.upgrade()));
        Verdicts.veto(check.atConnect(program.connect()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://good.example",
                "https://good.example/",
                "HTTPS://Good.Example",
                "https://good.example:443",
                "http://[2001:db8::7]:8080"
            })
    void upgrade_allowedOrigin_passes(String origin) {
        assertThat(check.atUpgrade(PAGE.withOrigin(origin).upgrade())).isEqualTo(Verdict.pass());
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.ui.example, true",
        "https://ui.example, false",
        "https://a.b.ui.example, false",
        "http://dev.example:5173, true",
        "http://dev.example.evil.test:5173, false"
    })
    void upgrade_listWithWildcards_letsInWhatTheyMean(String origin, boolean isAllowed) {
        AdmissionCheck wild = new OriginFactory()
                .create(FakeCheckSetup.with(
                        Map.of("allowed-origins", List.of("https://*.ui.example", "http://dev.example:*"))));

        assertThat(wild.atUpgrade(PAGE.withOrigin(origin).upgrade()).equals(Verdict.pass()))
                .isEqualTo(isAllowed);
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.7:18789, http://192.168.1.7:18789",
        "10.0.0.3, http://10.0.0.3",
        "100.64.1.2, https://100.64.1.2",
        "169.254.1.2, http://169.254.1.2",
        "127.0.0.1:18789, http://127.0.0.1:18789",
        "[fd00::7]:18789, http://[fd00::7]:18789",
        "[fe80::7], http://[fe80::7]",
        "Desk.local:18789, http://desk.local:18789",
        "box.tail1234.ts.net, https://box.tail1234.ts.net"
    })
    void upgrade_ownPageOnPrivateHost_passes(String host, String origin) {
        assertThat(check.atUpgrade(PAGE.withHost(host).withOrigin(origin).upgrade()))
                .isEqualTo(Verdict.pass());
    }

    @ParameterizedTest
    @CsvSource({
        "gateway.example, https://gateway.example",
        "8.8.8.8, http://8.8.8.8",
        "100.128.1.2, http://100.128.1.2",
        "172.32.0.1, http://172.32.0.1",
        "192.168.1.7:18789, http://192.168.1.7:18790",
        "192.168.1.7, http://192.168.1.8",
        "desk.local, http://desk.local.evil.example",
        "desk.local., http://desk.local.",
        "notlocal, http://notlocal",
        "localhost:18789, http://localhost:18789",
        "[2001:db8::1], http://[2001:db8::1]"
    })
    void upgrade_pageOnPublicOrOtherHost_isVetoed(String host, String origin) {
        VetoReason reason = Verdicts.veto(
                check.atUpgrade(PAGE.withHost(host).withOrigin(origin).upgrade()));

        assertThat(reason.details()).containsEntry("reason", "origin not allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:5173", "https://127.0.0.9", "http://[::1]:80", "http://[::ffff:127.0.0.1]"})
    void upgrade_loopbackPageOfLocalClient_passes(String origin) {
        assertThat(check.atUpgrade(ConnectFixture.controlUi().withOrigin(origin).upgrade()))
                .isEqualTo(Verdict.pass());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            "https://good.example.evil.example",    origin not allowed
            "https://evil-good.example",            origin not allowed
            "https://good.example.",                origin not allowed
            "https://good.example:8443",            origin not allowed
            "http://good.example",                  origin not allowed
            "https://xn--god-hoa.example",          origin not allowed
            "http://127.1",                         origin not allowed
            "http://2130706433",                    origin not allowed
            "http://0177.0.0.1",                    origin not allowed
            "http://localhost.evil.example",        origin not allowed
            "moz-extension://abc",                  origin not allowed
            "null",                                 origin missing or invalid
            "",                                     origin missing or invalid
            "*",                                    origin missing or invalid
            "https://good.example@evil.example",    origin missing or invalid
            "https://user:pw@good.example",         origin missing or invalid
            "https://good.example\\@evil.example",  origin missing or invalid
            "https://good.example/path",            origin missing or invalid
            "https://good.example?x",               origin missing or invalid
            "https://good.example#x",               origin missing or invalid
            "https://good.example, https://x",      origin missing or invalid
            " https://good.example",                origin missing or invalid
            "https://good..example",                origin missing or invalid
            "https://.good.example",                origin missing or invalid
            "https://good.example:0",               origin missing or invalid
            "https://good.example:00443",           origin missing or invalid
            "https://good.example:65536",           origin missing or invalid
            "https://good.example:443x",            origin missing or invalid
            "https://good.example:",                origin missing or invalid
            "https://g\u00f6od.example",            origin missing or invalid
            "https://good%2eexample",               origin missing or invalid
            "https://[::1",                         origin missing or invalid
            "https://::1",                          origin missing or invalid
            "https://[::1%25eth0]",                 origin missing or invalid
            "https://[1234]",                       origin missing or invalid
            "https://[1:2:3]",                      origin missing or invalid
            "https://[::1].evil.example",           origin missing or invalid
            "https:good.example",                   origin missing or invalid
            "//good.example",                       origin missing or invalid
            "javascript://%0aalert(1)",             origin missing or invalid
            """)
    void upgrade_hostileOrigin_isVetoed(String origin, String detail) {
        ConnectFixture local = ConnectFixture.controlUi().withHost("gateway.example");

        VetoReason reason =
                Verdicts.veto(check.atUpgrade(local.withOrigin(origin).upgrade()));

        assertThat(reason.details()).containsEntry("reason", detail);
    }

    static List<String> endless() {
        return List.of(
                "https://" + "a".repeat(70_000),
                "https://" + "a.".repeat(40_000),
                "h".repeat(70_000) + "://x",
                "https://x:" + "9".repeat(70_000),
                "https://[" + ":".repeat(70_000) + "]");
    }

    @ParameterizedTest
    @MethodSource("endless")
    void upgrade_endlessOrigin_isInvalid(String origin) {
        assertThat(Verdicts.veto(check.atUpgrade(PAGE.withOrigin(origin).upgrade()))
                        .details())
                .containsEntry("reason", "origin missing or invalid");
    }

    @Test
    void extensionOrigin_isJudgedAtConnect_andOnlyTheCopilotIsEntitled() {
        ConnectFixture copilot = ConnectFixture.client("openclaw-browser-copilot", "ui")
                .from(REMOTE)
                .withOrigin(EXTENSION);
        AdmissionCheck allowing =
                new OriginFactory().create(FakeCheckSetup.with(Map.of("allowed-origins", List.of(EXTENSION))));

        assertThat(check.atUpgrade(copilot.upgrade())).isEqualTo(Verdict.pass());
        assertThat(check.atConnect(copilot.connect())).isEqualTo(Verdict.pass());
        Verdicts.veto(check.atConnect(PAGE.withOrigin(EXTENSION).connect()));
        assertThat(allowing.atConnect(PAGE.withOrigin(EXTENSION).connect())).isEqualTo(Verdict.pass());
        Verdicts.veto(check.atUpgrade(copilot.withOrigin(EXTENSION + "q").upgrade()));
        Verdicts.veto(check.atConnect(copilot.withOrigin("https://evil.example").connect()));
        Verdicts.veto(check.atConnect(copilot.withHeader("origin").connect()));
    }

    @Test
    void verdict_anyConnection_doesNotDependOnIdentity() {
        Identity identity = new Identity(Identity.TOKEN, "gateway");

        assertThat(new GeneratedConnections(2).take(2000))
                .allSatisfy(fixture -> assertThat(
                                check.atConnect(fixture.identifiedAs(identity).connect()))
                        .isEqualTo(check.atConnect(fixture.connect())));
    }
}
