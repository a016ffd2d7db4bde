package dev.gatehouse.checks.network;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.InvalidSettings;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;
import dev.gatehouse.spi.VetoReason.Retry;
import dev.gatehouse.testkit.ConnectFixture;
import dev.gatehouse.testkit.FakeCheckSetup;
import dev.gatehouse.testkit.Verdicts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class NetworkCheckTest {

    private static final List<String> NONE = List.of();

    @Test
    void client_inADeniedNetwork_isVetoed_alsoWhenItIsAllowed() {
        AdmissionCheck check = check(List.of("203.0.113.0/24"), List.of("203.0.113.9"));

        VetoReason reason = Verdicts.veto(check.atUpgrade(from("203.0.113.9").upgrade()));

        assertThat(reason.code()).isEqualTo("NETWORK_NOT_ALLOWED");
        assertThat(reason.message()).isEqualTo("network not allowed: connections from 203.0.113.9 are denied");
        assertThat(reason.effect()).isEqualTo(Effect.COME_BACK_LATER);
        assertThat(reason.retry()).isEqualTo(Retry.after(Duration.ofHours(1)));
        assertThat(reason.fixes())
                .containsExactly("checks.network.deny: take out or narrow the network that 203.0.113.9 is in");
        assertPasses(check, "203.0.113.10");
    }

    @Test
    void client_thatIsNotInTheAllowedNetworks_isVetoedWithTheLineToAdd() {
        AdmissionCheck check = check(List.of("10.0.0.0/8", "fd00::/8"), NONE);

        VetoReason reason = Verdicts.veto(check.atUpgrade(from("203.0.113.9").upgrade()));

        assertThat(reason.message())
                .isEqualTo("network not allowed: connections from 203.0.113.9 are not among those allowed");
        assertThat(reason.fixes())
                .containsExactly("checks.network.allow: add \"203.0.113.9\", or the network that it is in");
        assertPasses(check, "10.1.2.3");
        assertPasses(check, "fd00::1");
    }

    @Test
    void nothingAllowedByName_allowsAllButTheDenied() {
        AdmissionCheck check = check(NONE, List.of("10.0.0.0/8"));

        assertPasses(check, "203.0.113.9");
        assertPasses(check, "2001:db8::1");
        Verdicts.veto(check.atUpgrade(from("10.1.2.3").upgrade()));
    }

    @Test
    void clientBehindATrustedProxy_isJudgedByItsOwnAddress() {
        ConnectFixture proxied = ConnectFixture.cli().through("10.0.0.2", "203.0.113.9");

        Verdicts.veto(check(List.of("10.0.0.0/8"), NONE).atUpgrade(proxied.upgrade()));
        assertThat(check(NONE, List.of("10.0.0.0/8")).atUpgrade(proxied.upgrade()))
                .isEqualTo(Verdict.pass());
    }

    @Test
    void client_ofThisMachine_needsTheLoopbackAddressInTheListAsWell() {
        Verdicts.veto(check(List.of("10.0.0.0/8"), NONE)
                .atUpgrade(ConnectFixture.cli().upgrade()));
        assertPasses(check(List.of("127.0.0.0/8"), NONE), "127.0.0.1");
    }

    @Test
    void lists_thatCannotBeRead_areAllReported() {
        FakeCheckSetup setup =
                FakeCheckSetup.with(Map.of("allow", List.of("10.0.0.0/8", "office"), "deny", List.of("10.1.2.3/8")));

        InvalidSettings invalid = catchThrowableOfType(InvalidSettings.class, () -> new NetworkFactory().create(setup));

        assertThat(invalid.problems()).hasSize(2);
        assertThat(invalid.problems().get(0)).startsWith("allow: 'office'");
        assertThat(invalid.problems().get(1)).startsWith("deny: '10.1.2.3/8'").contains("10.0.0.0/8");
    }

    @Test
    void lists_thatAreBothEmpty_areWarnedAbout() {
        FakeCheckSetup setup = FakeCheckSetup.withDefaults();

        assertPasses(new NetworkFactory().create(setup), "203.0.113.9");

        assertThat(setup.logger().lines()).singleElement().asString().startsWith("WARNING allow and deny are empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"allow", "deny"})
    void lists_thatSayWhoComesIn_areNotWarnedAbout(String list) {
        FakeCheckSetup setup = FakeCheckSetup.with(Map.of(list, List.of("10.0.0.0/8")));

        var unused = new NetworkFactory().create(setup);

        assertThat(setup.logger().lines()).isEmpty();
    }

    private static AdmissionCheck check(List<String> allow, List<String> deny) {
        return new NetworkFactory().create(FakeCheckSetup.with(Map.of("allow", allow, "deny", deny)));
    }

    private static ConnectFixture from(String address) {
        return ConnectFixture.cli().from(address);
    }

    private static void assertPasses(AdmissionCheck check, String address) {
        assertThat(check.atUpgrade(from(address).upgrade())).isEqualTo(Verdict.pass());
    }
}
