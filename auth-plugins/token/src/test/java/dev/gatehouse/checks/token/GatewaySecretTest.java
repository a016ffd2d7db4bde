package dev.gatehouse.checks.token;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.InvalidSettings;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Retry;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.testkit.FakeCheckSetup;
import dev.gatehouse.testkit.StockRefusal;
import dev.gatehouse.testkit.Verdicts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class GatewaySecretTest {

    private final AtomicReference<Optional<Secret>> kept = new AtomicReference<>(Optional.of(Secret.of("right")));
    private final Secret.Source source = () -> Optional.ofNullable(kept.get()).flatMap(found -> found);

    @Test
    void settings_nothingGiven_areTheFallbacks() {
        assertThat(FakeCheckSetup.withDefaults().settings(TokenSettings.class))
                .isEqualTo(new TokenSettings(Mode.TOKEN, Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"token, password", "password, token"})
    void create_secretOfTheModeMissing_isRejected(String mode, String other) {
        FakeCheckSetup setup = FakeCheckSetup.with(Map.of("mode", mode, other, source));

        assertThat(rejected(setup).problems())
                .singleElement()
                .asString()
                .startsWith(mode + ": required in mode '" + mode + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "change-me-to-a-long-random-token",
                "change-me-now",
                "change-me-to-a-strong-password",
                "undefined",
                " null ",
                "__OPENCLAW_REDACTED__",
                "[REDACTED]",
                "***",
                "<redacted>"
            })
    void create_unusableSecret_isRejectedWithoutNamingIt(String secret) {
        kept.set(Optional.of(Secret.of(secret)));

        InvalidSettings invalid = rejected(FakeCheckSetup.with(Map.of("token", source)));

        assertThat(invalid.problems()).singleElement().asString().startsWith("token: ");
        assertThat(invalid).hasMessageNotContaining("'" + secret + "'");
    }

    @Test
    void create_secretNotThere_isRejected() {
        kept.set(Optional.empty());

        assertThat(rejected(FakeCheckSetup.with(Map.of("token", source))).problems())
                .singleElement()
                .asString()
                .contains("cannot be read");
    }

    @Test
    void rotatedSecret_isInForceForTheNextConnection() {
        AdmissionCheck check = check("token");
        ConnectFixture client = ConnectFixture.cli();

        kept.set(Optional.of(Secret.of("rotated")));

        assertThat(check.atConnect(client.withToken("rotated").connect())).isInstanceOf(Verdict.Identified.class);
        Verdicts.veto(check.atConnect(client.withToken("right").connect()));
    }

    @ParameterizedTest
    @CsvSource({"token, R37", "password, R41"})
    void secretGone_isRefusedAsStockAndSlowly(String mode, String row) {
        AdmissionCheck check = check(mode);

        for (Optional<Secret> gone : List.of(Optional.<Secret>empty(), Optional.of(Secret.of("null")))) {
            kept.set(gone);
            VetoReason vetoed = Verdicts.veto(
                    check.atConnect(ConnectFixture.cli().withToken("null").connect()));
            VetoReason absent =
                    Verdicts.absent(check.atConnect(ConnectFixture.cli().connect()));

            assertThat(StockRefusal.of(row, "").differencesFrom(vetoed)).isEmpty();
            assertThat(absent).isEqualTo(vetoed);
            assertThat(vetoed.retry()).isEqualTo(Retry.after(Duration.ofSeconds(30)));
        }
    }

    @Test
    void secretRedacted_isRefusedAsStock() {
        AdmissionCheck tokens = check("token");
        AdmissionCheck passwords = check("password");

        kept.set(Optional.of(Secret.of("[REDACTED]")));

        VetoReason reason = Verdicts.veto(
                tokens.atConnect(ConnectFixture.cli().withToken("[REDACTED]").connect()));
        assertThat(StockRefusal.of("R38", "").differencesFrom(reason)).isEmpty();
        assertThat(reason.retry()).isEqualTo(Retry.after(Duration.ofSeconds(30)));
        assertThat(Verdicts.veto(passwords.atConnect(
                                ConnectFixture.cli().withPassword("x").connect()))
                        .details())
                .containsEntry("authReason", "password_redacted_config");
    }

    @Test
    void secretGone_devicesWithTokensStillPass() {
        FakeCheckSetup setup = FakeCheckSetup.with(Map.of("token", source));
        AdmissionCheck check = new TokenFactory().create(setup);
        setup.devices().pairOperator("operator.read");
        setup.devices().issueToken(ConnectFixture.DEVICE.deviceId(), Role.OPERATOR, "device token");
        ConnectFixture device = ConnectFixture.cli().withDevice();

        kept.set(Optional.empty());

        assertThat(check.atConnect(device.withDeviceToken("device token").connect()))
                .isEqualTo(Verdict.pass());
        assertThat(check.atConnect(device.withToken("device token").connect())).isEqualTo(Verdict.pass());
    }

    private AdmissionCheck check(String mode) {
        return new TokenFactory().create(FakeCheckSetup.with(Map.of("mode", mode, mode, source)));
    }

    private static InvalidSettings rejected(FakeCheckSetup setup) {
        return catchThrowableOfType(InvalidSettings.class, () -> new TokenFactory().create(setup));
    }
}
