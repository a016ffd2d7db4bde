package dev.gatehouse.admission;

import java.util.List;
import java.util.Optional;

import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class AdmissionChainTest {

    private static final Identity OWNER = new Identity(Identity.TOKEN, "gateway");
    private static final Scopes READ = Scopes.of("operator.read");
    private static final Scopes ADMIN = Scopes.of(Scopes.ADMIN);

    private final ChainFixture fixture = new ChainFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void chain_withoutChecks_doesNotExist() {
        assertThatThrownBy(() -> fixture.chainOf(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void chain_withoutAnEnforcedCheck_doesNotExist() {
        fixture.withShadow("a", context -> Verdict.identified(OWNER, ADMIN));

        assertThatThrownBy(fixture::chain).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void chain_withACheckTwice_doesNotExist() {
        fixture.with("a", context -> Verdict.pass()).with("a", context -> Verdict.pass());

        assertThatThrownBy(fixture::chain)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a");
    }

    @Test
    void check_inShadowMode_neverDecides() {
        fixture.withShadow("veto", context -> Verdict.veto(reason("NOT_TODAY")))
                .withShadow("limit", context -> Verdict.limit(Scopes.none()))
                .withShadow("broken", context -> {
                    throw new IllegalStateException("a bug");
                })
                .with("token", context -> Verdict.identified(OWNER, ADMIN));

        Decision decision = fixture.decide(ConnectFixture.cli().withScopes("operator.read"));

        assertThat(decision).isInstanceOfSatisfying(Decision.Admitted.class, admitted -> {
            assertThat(admitted.scopes()).isEqualTo(READ);
            assertThat(admitted.trace().entries())
                    .extracting(Trace.Entry::check)
                    .containsExactly("token");
        });
    }

    @Test
    void check_inShadowMode_admitsNobody() {
        fixture.withShadow("token", context -> Verdict.identified(OWNER, ADMIN)).with("a", context -> Verdict.pass());

        assertThat(refusalOf(fixture.decide(ConnectFixture.cli()))).isEqualTo("NOT_IDENTIFIED");
    }

    @Test
    void names_areThoseOfAllChecks_andOfThoseThatDecide() {
        fixture.with("a", context -> Verdict.pass())
                .withShadow("b", context -> Verdict.pass())
                .with("c", context -> Verdict.pass());

        try (AdmissionChain chain = fixture.chain()) {
            assertThat(chain.names()).containsExactly("a", "b", "c");
            assertThat(chain.enforcedNames()).containsExactly("a", "c");
        }
    }

    @Test
    void client_thatOneCheckIdentified_isAdmitted() {
        fixture.with("a", context -> Verdict.pass()).with("b", context -> Verdict.identified(OWNER, ADMIN));

        Decision decision = fixture.decide(ConnectFixture.cli().withScopes("operator.read"));

        assertThat(decision).isInstanceOfSatisfying(Decision.Admitted.class, admitted -> {
            assertThat(admitted.identity()).isEqualTo(OWNER);
            assertThat(admitted.scopes()).isEqualTo(READ);
        });
    }

    @Test
    void client_thatNobodyIdentified_isRefused() {
        fixture.with("a", context -> Verdict.pass());

        assertThat(fixture.decide(ConnectFixture.cli()))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.reason().code()).isEqualTo("NOT_IDENTIFIED"));
    }

    @Test
    void client_withoutCredentials_isToldTheFirstOneMissing() {
        fixture.with("a", context -> Verdict.absent(reason("FIRST_MISSING")))
                .with("b", context -> Verdict.absent(reason("SECOND_MISSING")))
                .with("c", context -> Verdict.veto(reason("NOT_KNOWN")));

        assertThat(refusalOf(fixture.decide(ConnectFixture.cli()))).isEqualTo("FIRST_MISSING");
    }

    @Test
    void veto_afterAnIdentification_isToldAndEndsTheAsking() {
        fixture.with("a", context -> Verdict.absent(reason("MISSING")))
                .with("b", context -> Verdict.identified(OWNER, ADMIN))
                .with("c", context -> Verdict.veto(reason("NOT_TODAY")))
                .with("d", context -> {
                    throw new AssertionError("must not be asked");
                });

        Decision decision = fixture.decide(ConnectFixture.cli());

        assertThat(refusalOf(decision)).isEqualTo("NOT_TODAY");
        assertThat(decision.trace().entries()).extracting(Trace.Entry::check).containsExactly("a", "b", "c");
    }

    @Test
    void veto_atUpgrade_isToldAtConnect() {
        fixture.withAtUpgrade("a", context -> Verdict.veto(reason("BAD_ORIGIN")))
                .with("b", context -> Verdict.identified(OWNER, ADMIN));
        UpgradeStage stage = fixture.chain().atUpgrade(ConnectFixture.cli().upgrade());

        Decision decision = stage.connect(ConnectFixture.cli().connect()).join();

        assertThat(refusalOf(decision)).isEqualTo("BAD_ORIGIN");
        assertThat(stage.veto()).map(VetoReason::code).contains("BAD_ORIGIN");
    }

    @Test
    void scopes_ofASession_areCutByEveryCheck() {
        fixture.with("a", context -> Verdict.limit(Scopes.of("operator.read", "operator.approvals")))
                .with("b", context -> Verdict.identified(OWNER, ADMIN))
                .with("c", context -> Verdict.limit(Scopes.of("operator.write")));

        Decision decision = fixture.decide(
                ConnectFixture.cli().withScopes("operator.admin", "operator.read", "operator.approvals"));

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Admitted.class,
                        admitted -> assertThat(admitted.scopes()).isEqualTo(READ));
    }

    @Test
    void identity_provenByOneCheck_isKnownToTheNext() {
        fixture.with("a", context -> Verdict.identified(OWNER, ADMIN))
                .with(
                        "b",
                        context -> context.identity().equals(Optional.of(OWNER))
                                ? Verdict.pass()
                                : Verdict.veto(reason("UNKNOWN_CLIENT")));

        assertThat(fixture.decide(ConnectFixture.cli())).isInstanceOf(Decision.Admitted.class);
    }

    @Test
    void faultyDeviceProof_thatNoCheckLooksAt_isRefused() {
        fixture.with("a", context -> Verdict.identified(OWNER, ADMIN));

        Decision decision =
                fixture.decide(ConnectFixture.cli().withFaultyDevice(reason("DEVICE_AUTH_SIGNATURE_INVALID")));

        assertThat(refusalOf(decision)).isEqualTo("DEVICE_AUTH_SIGNATURE_INVALID");
    }

    @Test
    void trace_ofADecision_tellsEveryAnswerAndItsTime() {
        fixture.withAtUpgrade("a", context -> Verdict.pass())
                .with("b", context -> Verdict.absent(reason("MISSING")))
                .with("c", context -> Verdict.identified(OWNER, ADMIN));

        Trace trace = fixture.decide(ConnectFixture.cli()).trace();

        assertThat(trace.entries())
                .extracting(Trace.Entry::stage, Trace.Entry::check, Trace.Entry::answer)
                .containsExactly(
                        tuple(Trace.Stage.UPGRADE, "a", Trace.Answer.PASS),
                        tuple(Trace.Stage.CONNECT, "b", Trace.Answer.ABSENT),
                        tuple(Trace.Stage.CONNECT, "c", Trace.Answer.IDENTIFIED));
        assertThat(trace.entries()).allSatisfy(entry -> assertThat(entry.took()).isPositive());
    }

    private static String refusalOf(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Refused.class);
        return ((Decision.Refused) decision).reason().code();
    }

    private static VetoReason reason(String code) {
        return VetoReason.of(code, VetoReason.Effect.IDENTIFY, "not like this");
    }
}
