package dev.gatehouse.session;

import dev.gatehouse.session.DoorFixture.Peer;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** However a connection ends, the chain that it started on hears of it, so that a chain can be replaced. */
class StageEndTest {

    private static final VetoReason VETO =
            VetoReason.of("AUTH_TOKEN_MISMATCH", VetoReason.Effect.IDENTIFY, "unauthorized: wrong");

    private final DoorFixture door = new DoorFixture();

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void connection_beforeItsConnectFrame_isUnderWay() {
        door.open();

        assertThat(door.underWay()).isEqualTo(1);
    }

    @Test
    void connection_whoseDecisionIsPending_isUnderWay() {
        door.open().connect();
        door.asked();

        assertThat(door.underWay()).isEqualTo(1);
    }

    @Test
    void connection_thatIsAdmitted_isDecided() {
        door.answer(DoorFixture.IDENTIFIED);

        door.open().enter();

        assertEnded();
    }

    @Test
    void connection_thatIsRefused_isDecided() {
        door.answer(Verdict.veto(VETO));

        door.open().connect();

        assertEnded();
    }

    @Test
    void connection_whoseCheckFails_isDecided() {
        door.fail(new IllegalStateException("a bug"));

        door.open().connect();

        assertEnded();
    }

    @Test
    void connection_thatSaysNothing_isOverAtItsTimeOut() {
        door.open();

        door.timers.advance(DoorFixture.HANDSHAKE_TIMEOUT);

        assertEnded();
    }

    @Test
    void connection_thatSpeaksNonsense_isOver() {
        door.open().socket.deliver("{}");

        assertEnded();
    }

    @Test
    void connection_thatLeavesBeforeItSpeaks_isOver() {
        door.open().leave();

        assertEnded();
    }

    @Test
    void connection_thatLeavesWhileItIsDecided_isOverWhenItsCheckIs() {
        Peer peer = door.open();
        peer.connect();
        door.asked();

        peer.leave();

        assertThat(door.underWay()).isEqualTo(1);
        door.answer(DoorFixture.IDENTIFIED);
        assertEnded();
    }

    private void assertEnded() {
        Eventually.holds("the chain has no connection under way", () -> door.underWay() == 0);
    }
}
