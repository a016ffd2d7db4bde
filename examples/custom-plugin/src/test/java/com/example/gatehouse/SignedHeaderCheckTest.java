package com.example.gatehouse;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.InvalidSettings;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.testkit.AdmissionTestKit;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.testkit.DrivenCheck;
import dev.gatehouse.testkit.Verdicts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SignedHeaderCheckTest {

    static final String SECRET = "0123456789abcdef0123456789abcdef";

    /** Made with the commands of README.md, so that signer and check are known to agree. */
    static final String HEADER_OF_ANN = "ann@example.com.1767225900.zwDjJdhiqLASck_x8geFrMg0eVF6HYqbWVsxpT52QxU";

    private static final Instant EXPIRY = Instant.ofEpochSecond(1_767_225_900);
    private static final AdmissionTestKit KIT =
            AdmissionTestKit.of(new SignedHeaderFactory()).with("secret", SECRET);

    @Test
    void atConnect_signedHeader_identifiesTheUser() {
        Verdict verdict = ask(KIT, HEADER_OF_ANN);

        assertThat(verdict)
                .isEqualTo(Verdict.identified(
                        new Identity("signed-header", "ann@example.com"), Scopes.of("operator.read")));
    }

    @Test
    void atConnect_scopesConfigured_proposesThem() {
        AdmissionTestKit kit = KIT.with("scopes", List.of("operator.write", "operator.talk"));

        Verdict verdict = ask(kit, HEADER_OF_ANN);

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Identified.class,
                        identified -> assertThat(identified.proposed())
                                .isEqualTo(Scopes.of("operator.write", "operator.talk")));
    }

    @Test
    void atConnect_noHeader_isAbsent() {
        assertThat(Verdicts.absent(ask(KIT)).code()).isEqualTo("SIGNED_USER_MISSING");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bob@example.com.1767225900.zwDjJdhiqLASck_x8geFrMg0eVF6HYqbWVsxpT52QxU",
                "ann@example.com.1767225901.zwDjJdhiqLASck_x8geFrMg0eVF6HYqbWVsxpT52QxU",
                "ann@example.com.1767225900.zwDjJdhiqLASck_x8geFrMg0eVF6HYqbWVsxpT52QxUA",
                "ann@example.com.1767225900.",
                "ann@example.com.1767225900",
                "ann@example.com..zwDjJdhiqLASck_x8geFrMg0eVF6HYqbWVsxpT52QxU",
                ".1767225900.zwDjJdhiqLASck_x8geFrMg0eVF6HYqbWVsxpT52QxU"
            })
    void atConnect_headerOfAnotherClaimOrForm_isRefused(String header) {
        assertThat(Verdicts.veto(ask(KIT, header)).code()).isEqualTo("SIGNED_USER_INVALID");
    }

    @Test
    void atConnect_signedWithAnotherSecret_isRefused() {
        AdmissionTestKit other = KIT.with("secret", SECRET.toUpperCase(Locale.ROOT));

        assertThat(Verdicts.veto(ask(other, HEADER_OF_ANN)).code()).isEqualTo("SIGNED_USER_INVALID");
    }

    @Test
    void atConnect_twoHeaders_areRefused() {
        assertThat(Verdicts.veto(ask(KIT, HEADER_OF_ANN, HEADER_OF_ANN)).code()).isEqualTo("SIGNED_USER_INVALID");
    }

    @Test
    void atConnect_fromTheMomentOfExpiry_isRefused() {
        try (DrivenCheck check = KIT.create()) {
            ConnectFixture ann = ConnectFixture.cli().withHeader(SignedHeaderCheck.HEADER, HEADER_OF_ANN);

            check.clock().setTo(EXPIRY.minusSeconds(1));
            assertThat(check.atConnect(ann)).isInstanceOf(Verdict.Identified.class);

            check.clock().setTo(EXPIRY);
            assertThat(Verdicts.veto(check.atConnect(ann)).code()).isEqualTo("SIGNED_USER_EXPIRED");
        }
    }

    @Test
    void atConnect_secretGone_failsInsteadOfRefusing() {
        SignedHeaderSettings settings = new SignedHeaderSettings(Optional::empty, List.of());
        SignedHeaderCheck check = new SignedHeaderCheck(settings, Clock.systemUTC());
        ConnectFixture ann = ConnectFixture.cli().withHeader(SignedHeaderCheck.HEADER, HEADER_OF_ANN);

        assertThatThrownBy(() -> check.atConnect(ann.connect()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("checks.signed-header.secret");
    }

    @Test
    void create_shortSecret_isRefused() {
        AdmissionTestKit kit = KIT.with("secret", "only 30 characters are in here");

        InvalidSettings invalid = catchThrowableOfType(InvalidSettings.class, kit::create);

        assertThat(invalid.problems()).singleElement().asString().startsWith("checks.signed-header.secret: ");
    }

    private static Verdict ask(AdmissionTestKit kit, String... headers) {
        try (DrivenCheck check = kit.create()) {
            return check.atConnect(ConnectFixture.cli().withHeader(SignedHeaderCheck.HEADER, headers));
        }
    }
}
