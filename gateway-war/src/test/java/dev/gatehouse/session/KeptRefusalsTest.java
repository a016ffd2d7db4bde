package dev.gatehouse.session;

import java.util.List;

import dev.gatehouse.admission.UpgradeStage;
import dev.gatehouse.refusal.Account;
import dev.gatehouse.refusal.KeptRefusal;
import dev.gatehouse.refusal.RefusalCursor;
import dev.gatehouse.refusal.RefusalFilter;
import dev.gatehouse.refusal.RefusalKind;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is kept of connections that end before, or without, a decision of the chain. */
class KeptRefusalsTest {

    private static final VetoReason CLOSED =
            VetoReason.of("OUT_OF_HOURS", VetoReason.Effect.COME_BACK_LATER, "the office is closed");

    private final DoorFixture door = new DoorFixture();

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void clientThatSaysNothing_isKept_withTheIdThatItIsTold() {
        DoorFixture.Peer peer = door.open();
        door.timers.advance(DoorFixture.HANDSHAKE_TIMEOUT);

        KeptRefusal refusal = only();
        assertThat(refusal.account().told().code()).isEqualTo("HANDSHAKE_TIMEOUT");
        assertThat(peer.socket.sent()).last().asString().contains("\"refusalId\":\"" + refusal.id() + "\"");
    }

    @Test
    void clientThatIsVetoedAtUpgrade_andSaysNothing_isKeptWithTheVeto() {
        DoorFixture.Peer peer = vetoed();
        door.timers.advance(DoorFixture.HANDSHAKE_TIMEOUT);

        assertThat(only().account().told().code()).isEqualTo("OUT_OF_HOURS");
        assertThat(only().account().check()).contains("check");
        assertThat(peer.socket.sent()).last().asString().contains(only().id());
    }

    @Test
    void clientThatIsVetoedAtUpgrade_andLeaves_isKept() {
        DoorFixture.Peer peer = vetoed();
        peer.leave();

        assertThat(only().account().told().message()).isEqualTo("the office is closed");
        assertThat(only().account().checks())
                .extracting(Account.Answer::verdict)
                .containsExactly("veto");
    }

    @Test
    void clientThatLeaves_withoutAnythingAgainstIt_isNotKept() {
        door.open().leave();

        assertThat(all()).isEmpty();
    }

    @Test
    void frameThatIsTooLarge_afterTheEnd_isNoRefusalOfItsOwn() {
        DoorFixture.Peer peer = door.open();
        peer.socket.deliver("not json");
        peer.socket.deliver("x".repeat(70_000));

        assertThat(only().account().told().message()).startsWith("invalid request frame");
    }

    @Test
    void upgradeThatNobodyCanTellFrom_isKept_withTheFix() {
        String id = door.gatekeeper.unattributed(
                ConnectFixture.cli().from("192.0.2.1").upgrade(), "a stranger's header", "network: {...}");

        assertThat(only().id()).isEqualTo(id);
        assertThat(only().account().kind()).isEqualTo(RefusalKind.PROXY_NOT_TRUSTED);
        assertThat(only().account().told().closeCode()).isEqualTo(403);
        assertThat(only().account().told().reason()).contains("a stranger's header");
        assertThat(only().account().advice()).containsExactly("network: {...}");
    }

    private DoorFixture.Peer vetoed() {
        door.answerAtUpgrade(Verdict.veto(CLOSED));
        UpgradeStage upgrade = door.stage();
        Eventually.holds("the upgrade is vetoed", () -> upgrade.veto().isPresent());
        return door.open(upgrade);
    }

    private KeptRefusal only() {
        assertThat(all()).hasSize(1);
        return all().get(0);
    }

    private List<KeptRefusal> all() {
        return door.refusals.list(RefusalFilter.ALL, RefusalCursor.START, 10);
    }
}
