package dev.gatehouse.checks.token;

import java.util.Map;
import java.util.stream.Stream;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.testkit.FakeCheckSetup;
import dev.gatehouse.testkit.StockRefusal;
import dev.gatehouse.testkit.Verdicts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds the check to the stock texts, row by row and for each kind of client. */
class StockTextsTest {

    private static final Map<String, ConnectFixture> AUDIENCES = Map.of(
            "ui/tui/webchat", ConnectFixture.controlUi(),
            "cli local", ConnectFixture.cli(),
            "cli remote", ConnectFixture.cli().from("203.0.113.9"),
            "other", ConnectFixture.node());

    private final AdmissionCheck token = new TokenFactory().create(FakeCheckSetup.with(Map.of("token", "right")));
    private final AdmissionCheck password =
            new TokenFactory().create(FakeCheckSetup.with(Map.of("mode", "password", "password", "right")));

    static Stream<Arguments> missing() {
        return Stream.of(
                Arguments.of("R30", "token missing, ui/tui/webchat"),
                Arguments.of("R31", "token missing, cli local"),
                Arguments.of("R32", "token missing, cli remote"),
                Arguments.of("R33", "token missing, other"),
                Arguments.of("R39", "password missing, ui/tui/webchat"),
                Arguments.of("R39", "password missing, cli local"),
                Arguments.of("R39", "password missing, cli remote"),
                Arguments.of("R39", "password missing, other"));
    }

    @ParameterizedTest
    @MethodSource("missing")
    void nothingPresented_isAbsentAsStock(String row, String variant) {
        Verdict verdict = checkFor(variant).atConnect(clientFor(variant).connect());

        assertStock(row, variant, Verdicts.absent(verdict));
    }

    static Stream<Arguments> mismatches() {
        return Stream.of(
                Arguments.of("R34", "token mismatch, ui/tui/webchat"),
                Arguments.of("R35", "token mismatch, cli local"),
                Arguments.of("R35", "token mismatch, cli remote"),
                Arguments.of("R35", "token mismatch, other"),
                Arguments.of("R40", "password mismatch, ui/tui/webchat"),
                Arguments.of("R40", "password mismatch, cli local"),
                Arguments.of("R40", "password mismatch, cli remote"),
                Arguments.of("R40", "password mismatch, other"));
    }

    @ParameterizedTest
    @MethodSource("mismatches")
    void wrongSecret_isVetoedAsStock(String row, String variant) {
        ConnectFixture client = clientFor(variant);

        assertStock(row, variant, vetoed(variant, client.withToken("wrong")));
        assertStock(row, variant, vetoed(variant, client.withPassword("wrong")));
        assertStock(
                row,
                variant,
                vetoed(variant, client.withDevice().withToken("wrong").withPassword("wrong")));
    }

    @Test
    void terminalUiAndWebchat_areSpokenToAsUserInterfaces() {
        assertStock(
                "R30", "", Verdicts.absent(token.atConnect(ConnectFixture.tui().connect())));
        assertStock(
                "R30",
                "",
                Verdicts.absent(token.atConnect(
                        ConnectFixture.client("webchat-ui", "ui").connect())));
    }

    private VetoReason vetoed(String variant, ConnectFixture client) {
        return Verdicts.veto(checkFor(variant).atConnect(client.connect()));
    }

    private AdmissionCheck checkFor(String variant) {
        return variant.startsWith("token") ? token : password;
    }

    private static ConnectFixture clientFor(String variant) {
        return AUDIENCES.entrySet().stream()
                .filter(audience -> variant.endsWith(", " + audience.getKey()))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static void assertStock(String row, String variant, VetoReason reason) {
        assertThat(StockRefusal.of(row, variant).differencesFrom(reason)).isEmpty();
    }
}
