package dev.gatehouse.admission;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.gatehouse.session.Eventually;
import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What a check in shadow mode is asked, and what is counted of its answers. */
class ShadowTest {

    private static final Identity OWNER = new Identity(Identity.TOKEN, "gateway");
    private static final Verdict IDENTIFIED = Verdict.identified(OWNER, Scopes.of(Scopes.ADMIN));
    private static final VetoReason REASON =
            VetoReason.of("OFFICE_HOURS", VetoReason.Effect.COME_BACK_LATER, "closed for today");
    private static final VetoReason NOT_ALLOWED =
            VetoReason.of("CONTROL_UI_ORIGIN_NOT_ALLOWED", VetoReason.Effect.ALLOW_ORIGIN, "origin not allowed");
    private static final long PATIENCE_SECONDS = 10;

    private final ChainFixture fixture = new ChainFixture();
    private final List<AdmissionChain> chains = new ArrayList<>();

    @AfterEach
    void close() {
        chains.forEach(AdmissionChain::close);
        fixture.close();
    }

    @Test
    void vetoOfAnAdmittedClient_isCounted_withWhoAndWhy() {
        AdmissionChain chain = chain(
                fixture.with("token", context -> IDENTIFIED).withShadow("hours", context -> Verdict.veto(REASON)));
        ConnectFixture connection = ConnectFixture.cli().withDevice();

        ChainFixture.decide(chain, connection);

        ShadowFigures figures = awaitFigures(chain, 1);
        assertThat(figures.wouldHaveVetoed()).isEqualTo(1);
        assertThat(figures.agreed()).isZero();
        assertThat(figures.vetoes()).containsExactly(Map.entry("OFFICE_HOURS", 1L));
        assertThat(figures.examples()).singleElement().satisfies(example -> {
            assertThat(example.peer()).isEqualTo("127.0.0.1");
            assertThat(example.client()).isEqualTo("cli/cli");
            assertThat(example.deviceId()).contains(ConnectFixture.DEVICE.deviceId());
            assertThat(example.code()).isEqualTo("OFFICE_HOURS");
            assertThat(example.message()).isEqualTo("closed for today");
        });
    }

    @Test
    void originOfAnAdmittedClient_isKept_withHowOftenItCame() {
        AdmissionChain chain = chain(fixture.with("token", context -> IDENTIFIED)
                .withShadow("origin", context -> Verdict.veto(NOT_ALLOWED)));
        ConnectFixture page = ConnectFixture.controlUi();

        ChainFixture.decide(chain, page.withOrigin("https://a.example"));
        ChainFixture.decide(chain, page.withOrigin("https://b.example"));
        ChainFixture.decide(chain, page.withOrigin("https://b.example"));
        ChainFixture.decide(chain, ConnectFixture.cli());

        assertThat(awaitFigures(chain, 4).origins())
                .extracting(ShadowFigures.Origin::text, ShadowFigures.Origin::times)
                .containsExactly(tuple("https://b.example", 2L), tuple("https://a.example", 1L));
    }

    /** Whoever was refused anyway must not find the way into a list that an operator copies. */
    @Test
    void originOfARefusedClient_isNotKept() {
        AdmissionChain chain = chain(fixture.with("ban", context -> Verdict.veto(REASON))
                .withShadow("origin", context -> Verdict.veto(NOT_ALLOWED)));

        ChainFixture.decide(chain, ConnectFixture.controlUi().withOrigin("https://evil.example"));

        assertThat(awaitFigures(chain, 1).origins()).isEmpty();
    }

    @Test
    void objectionToSomethingElse_keepsNoOrigin() {
        AdmissionChain chain = chain(
                fixture.with("token", context -> IDENTIFIED).withShadow("hours", context -> Verdict.veto(REASON)));

        ChainFixture.decide(chain, ConnectFixture.controlUi().withOrigin("https://a.example"));

        assertThat(awaitFigures(chain, 1).origins()).isEmpty();
    }

    @Test
    void origins_thatAreMany_orLong_areBounded() {
        RefusedOrigins origins = new RefusedOrigins("origin");

        for (int i = 0; i < RefusedOrigins.ORIGINS_MAX; i++) {
            origins.add("https://" + i + ".example/" + "x".repeat(70_000), Instant.EPOCH);
        }
        origins.add("https://one-too-many.example", Instant.EPOCH);
        origins.add("https://0.example/" + "x".repeat(70_000), Instant.EPOCH);

        assertThat(origins.list())
                .hasSize(RefusedOrigins.ORIGINS_MAX)
                .allSatisfy(origin -> assertThat(origin.text()).hasSizeLessThanOrEqualTo(300));
        assertThat(origins.list().get(0).times()).isEqualTo(2);
        assertThat(origins.others()).isEqualTo(1);
    }

    @Test
    void opinionThatMatchesTheDecision_isAgreement() {
        AdmissionChain admitting =
                chain(fixture.with("token", context -> IDENTIFIED).withShadow("a", context -> Verdict.absent(REASON)));
        ChainFixture.decide(admitting, ConnectFixture.cli());

        assertThat(awaitFigures(admitting, 1))
                .extracting(ShadowFigures::agreed, figures -> figures.examples().size())
                .containsExactly(1L, 0);
    }

    @Test
    void vetoOfARefusedClient_isAgreement() {
        AdmissionChain chain = chain(fixture.with("ban", context -> Verdict.veto(REASON))
                .withShadow("hours", context -> Verdict.veto(REASON)));

        ChainFixture.decide(chain, ConnectFixture.cli());

        assertThat(awaitFigures(chain, 1))
                .extracting(ShadowFigures::agreed, ShadowFigures::wouldHaveLetIn)
                .containsExactly(1L, 0L);
    }

    @Test
    void noObjectionToARefusedClient_isCounted() {
        AdmissionChain chain = chain(
                fixture.with("ban", context -> Verdict.veto(REASON)).withShadow("hours", context -> Verdict.pass()));

        ChainFixture.decide(chain, ConnectFixture.cli());

        assertThat(awaitFigures(chain, 1))
                .extracting(ShadowFigures::agreed, ShadowFigures::wouldHaveLetIn)
                .containsExactly(0L, 1L);
    }

    @Test
    void shadowThatFails_isCountedAndNotCompared() {
        AdmissionChain chain =
                chain(fixture.with("token", context -> IDENTIFIED).withShadow("broken", context -> {
                    throw new IllegalStateException("a bug");
                }));

        ChainFixture.decide(chain, ConnectFixture.cli());

        Eventually.holds("the shadow failed", () -> figures(chain).failed() == 1);
        assertThat(figures(chain).examined()).isZero();
        assertThat(chain.figures().get(1).lastFailure()).isPresent();
    }

    @Test
    void shadow_isAskedAtBothStages_untilItsFirstVeto() {
        AtomicInteger connects = new AtomicInteger();
        AdmissionCheck vetoingAtUpgrade = new AdmissionCheck() {
            @Override
            public Verdict atUpgrade(UpgradeContext context) {
                return Verdict.veto(REASON);
            }

            @Override
            public Verdict atConnect(ConnectContext context) {
                connects.incrementAndGet();
                return Verdict.pass();
            }
        };
        fixture.with("token", context -> IDENTIFIED);
        fixture.checks().add(new NamedCheck("hours", Mode.SHADOW, vetoingAtUpgrade));
        AdmissionChain chain = chain(fixture);

        ChainFixture.decide(chain, ConnectFixture.cli());

        assertThat(awaitFigures(chain, 1).wouldHaveVetoed()).isEqualTo(1);
        assertThat(connects).hasValue(0);
    }

    @Test
    void identity_isKnownToTheShadowsAfterTheCheckThatProvedIt_only() {
        AdmissionChain chain = chain(fixture.withShadow("before", context -> vetoIfKnown(context.identity()))
                .with("token", context -> IDENTIFIED)
                .withShadow("after", context -> vetoIfKnown(context.identity())));

        ChainFixture.decide(chain, ConnectFixture.cli());

        Eventually.holds(
                "both are examined",
                () -> figuresOf(chain, 0).examined() == 1 && figuresOf(chain, 2).examined() == 1);
        assertThat(figuresOf(chain, 0).wouldHaveVetoed()).isZero();
        assertThat(figuresOf(chain, 2).wouldHaveVetoed()).isEqualTo(1);
    }

    @Test
    void shadowsThatHang_delayNoDecision_andLeaveConnectionsUnexamined() {
        CountDownLatch release = new CountDownLatch(1);
        AdmissionChain chain =
                chain(fixture.with("token", context -> IDENTIFIED).withShadow("hanging", context -> {
                    awaitStubbornly(release);
                    return Verdict.pass();
                }));

        for (int i = 0; i < 100; i++) {
            assertThat(ChainFixture.decide(chain, ConnectFixture.cli())).isInstanceOf(Decision.Admitted.class);
        }

        Eventually.holds("the queue was full", () -> figures(chain).notExamined() > 0);
        release.countDown();
    }

    @Test
    void connectionThatFailed_isNotShownToAShadow() {
        AdmissionChain chain = chain(fixture.with("broken", context -> {
                    throw new IllegalStateException("a bug");
                })
                .withShadow("hours", context -> Verdict.veto(REASON)));

        ChainFixture.decide(chain, ConnectFixture.cli());
        chain.retire();

        assertThat(chain.figures().get(1).asked()).isZero();
        assertThat(figures(chain).notExamined()).isZero();
    }

    @Test
    void chain_isNotIdle_whileAShadowIsAsked() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AdmissionChain chain =
                chain(fixture.with("token", context -> IDENTIFIED).withShadow("slow", context -> {
                    asked.countDown();
                    awaitStubbornly(release);
                    return Verdict.pass();
                }));
        try (UpgradeStage stage = chain.atUpgrade(ConnectFixture.cli().upgrade())) {
            stage.connect(ConnectFixture.cli().connect()).join();
            asked.await();
        }

        chain.retire();

        release.countDown();
        assertThat(chain.idle()).succeedsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(chain.figures().get(1).asked()).isEqualTo(1);
    }

    @Test
    void codesAndExamples_areBounded() {
        AtomicInteger count = new AtomicInteger();
        AdmissionChain chain = chain(fixture.with("token", context -> IDENTIFIED)
                .withShadow(
                        "hours",
                        context -> Verdict.veto(VetoReason.of(
                                "CODE_" + count.incrementAndGet(),
                                VetoReason.Effect.COME_BACK_LATER,
                                "closed for today"))));

        for (int i = 1; i <= 40; i++) {
            ChainFixture.decide(chain, ConnectFixture.cli());
            awaitFigures(chain, i);
        }

        assertThat(figures(chain).vetoes()).hasSize(33).containsEntry(ShadowFigures.OTHER_CODES, 8L);
        assertThat(figures(chain).examples()).hasSize(20);
        assertThat(figures(chain).examples().get(0).code()).isEqualTo("CODE_40");
    }

    private AdmissionChain chain(ChainFixture checks) {
        AdmissionChain chain = checks.chain();
        chains.add(chain);
        return chain;
    }

    private static Verdict vetoIfKnown(Optional<Identity> identity) {
        return identity.isPresent() ? Verdict.veto(REASON) : Verdict.pass();
    }

    private static ShadowFigures awaitFigures(AdmissionChain chain, long examined) {
        Eventually.holds(
                "the shadow has examined " + examined, () -> figures(chain).examined() == examined);
        return figures(chain);
    }

    /** Of a shadow that comes second. */
    private static ShadowFigures figures(AdmissionChain chain) {
        return figuresOf(chain, 1);
    }

    private static ShadowFigures figuresOf(AdmissionChain chain, int position) {
        return chain.figures().get(position).shadow().orElseThrow();
    }

    private static void awaitStubbornly(CountDownLatch release) {
        while (true) {
            try {
                release.await();
                return;
            } catch (InterruptedException ignored) {
                // a check that does not listen
            }
        }
    }
}
