package dev.gatehouse.admission;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import dev.gatehouse.session.Eventually;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A chain that another one takes the place of: who is decided on it, and when it may end. */
class ChainEndTest {

    private static final Verdict IDENTIFIED =
            Verdict.identified(new Identity(Identity.TOKEN, "gateway"), Scopes.of(Scopes.ADMIN));
    private static final long PATIENCE_SECONDS = 10;

    private final ChainFixture fixture = new ChainFixture().with("token", context -> IDENTIFIED);
    private final AdmissionChain old = fixture.chain();
    private final AdmissionChain successor = fixture.chain();
    private final AtomicReference<AdmissionChain> inForce = new AtomicReference<>(old);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void chain_thatIsRetiredWithNobodyOnIt_isIdle() {
        assertThat(old.idle()).isNotDone();

        old.retire();

        assertThat(old.idle()).isCompleted();
    }

    @Test
    void chain_thatIsRetired_isIdleWhenItsLastConnectionIsDecided() {
        UpgradeStage first = begin();
        UpgradeStage second = begin();
        swap();

        assertThat(decide(first)).isInstanceOf(Decision.Admitted.class);
        first.close();
        first.close();
        assertThat(old.idle()).isNotDone();
        assertThat(old.underWay()).isEqualTo(1);
        decide(second);
        second.close();

        assertThat(old.idle()).succeedsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(old.underWay()).isZero();
    }

    @Test
    void connection_thatBeginsAfterTheSwap_isOnTheSuccessor() {
        swap();

        begin();

        assertThat(old.underWay()).isZero();
        assertThat(successor.underWay()).isEqualTo(1);
    }

    @Test
    void connection_thatReadTheOldChainJustBeforeTheSwap_isOnTheSuccessor() {
        AtomicReference<AdmissionChain> stale = new AtomicReference<>(old);
        old.retire();

        UpgradeStage stage = AdmissionChain.begin(
                () -> stale.getAndSet(successor), ConnectFixture.cli().upgrade());

        assertThat(decide(stage)).isInstanceOf(Decision.Admitted.class);
        assertThat(successor.underWay()).isEqualTo(1);
    }

    @Test
    void connection_onAChainThatEndedWithoutASuccessor_isDecidedByIt() {
        old.retire();

        assertThat(decide(begin())).isInstanceOf(Decision.Admitted.class);
    }

    @Test
    void connection_thatIsGoneWhileACheckIsAsked_keepsTheChainUntilTheCheckIsDone() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        fixture.with("slow", context -> {
            asked.countDown();
            awaitQuietly(release);
            return Verdict.pass();
        });
        AdmissionChain chain = fixture.chain();
        UpgradeStage stage = chain.atUpgrade(ConnectFixture.cli().upgrade());
        CompletableFuture<Decision> decision =
                stage.connect(ConnectFixture.cli().connect());
        asked.await();

        stage.close();
        chain.retire();

        assertThat(chain.idle()).isNotDone();
        release.countDown();
        decision.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        assertThat(chain.idle()).succeedsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void stage_thatIsClosed_letsItsChainGo() {
        List<UpgradeStage> remembered = new ArrayList<>();
        WeakReference<AdmissionChain> chain = decideOn(fixture.chain(), remembered);

        remembered.forEach(UpgradeStage::close);

        Eventually.holds("nobody refers to the chain any more", () -> {
            System.gc();
            return chain.refersTo(null);
        });
        assertThat(remembered).singleElement().extracting(UpgradeStage::veto).isEqualTo(Optional.empty());
    }

    @Test
    void stage_thatIsClosed_doesNotGoOn() {
        UpgradeStage stage = begin();
        stage.close();

        assertThatThrownBy(() -> decide(stage)).isInstanceOf(IllegalStateException.class);
    }

    /** Whoever begins on a chain before it is idle has closed by then; nobody begins on it after. */
    @Test
    void swaps_underLoad_leaveEveryChainIdle_andEveryConnectionDecided() {
        ConcurrentLinkedQueue<AdmissionChain> retired = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> clients = IntStream.range(0, 4)
                .mapToObj(client -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 200; i++) {
                        try (UpgradeStage stage = begin()) {
                            assertThat(decide(stage)).isInstanceOf(Decision.Admitted.class);
                        }
                    }
                }))
                .toList();

        for (int i = 0; i < 200; i++) {
            AdmissionChain before = inForce.getAndSet(fixture.chain());
            before.retire();
            retired.add(before);
        }

        assertThat(clients)
                .allSatisfy(client ->
                        client.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
        assertThat(retired)
                .hasSize(200)
                .allSatisfy(chain -> assertThat(chain.idle()).succeedsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    private static WeakReference<AdmissionChain> decideOn(AdmissionChain chain, List<UpgradeStage> stages) {
        UpgradeStage stage = chain.atUpgrade(ConnectFixture.cli().upgrade());
        decide(stage);
        stages.add(stage);
        return new WeakReference<>(chain);
    }

    private UpgradeStage begin() {
        return AdmissionChain.begin(inForce::get, ConnectFixture.cli().upgrade());
    }

    private void swap() {
        inForce.set(successor);
        old.retire();
    }

    private static Decision decide(UpgradeStage stage) {
        return stage.connect(ConnectFixture.cli().connect())
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
