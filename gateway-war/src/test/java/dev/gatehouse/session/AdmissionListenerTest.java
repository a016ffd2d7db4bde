package dev.gatehouse.session;

import dev.gatehouse.session.DoorFixture.Peer;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static dev.gatehouse.session.DoorFixture.HANDSHAKE_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

/** What a listener hears of each connection. */
class AdmissionListenerTest {

    private final DoorFixture door = new DoorFixture();

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void admission_isHeardOnce() {
        door.answer(DoorFixture.IDENTIFIED);
        Peer peer = door.open();

        peer.enter();
        peer.leave();

        assertThat(door.heard.words()).containsExactly("Admitted");
    }

    @Test
    void refusal_isHeardWithItsCodeBeforeTheClientIsTold() {
        door.answer(Verdict.veto(VetoReason.of("OFFICE_CLOSED", VetoReason.Effect.COME_BACK_LATER, "closed")));
        Peer peer = door.open();

        peer.connect();
        peer.socket.awaitClose();

        assertThat(door.heard.words()).containsExactly("Refused OFFICE_CLOSED");
    }

    @Test
    void failure_isHeard() {
        door.fail(new IllegalStateException("broken"));
        Peer peer = door.open();

        peer.connect();
        peer.socket.awaitClose();

        assertThat(door.heard.words()).containsExactly("Failed");
    }

    @Test
    void frameThatIsNone_isHeardOnceAsTurnedAway() {
        Peer peer = door.open();

        peer.socket.deliver("{");
        peer.socket.deliver("{");

        assertThat(door.heard.words()).singleElement().asString().startsWith("turned away ");
    }

    @Test
    void client_thatSaysNothing_isHeardAsTurnedAway() {
        door.open();

        door.timers.advance(HANDSHAKE_TIMEOUT);

        assertThat(door.heard.words()).singleElement().asString().startsWith("turned away ");
    }

    @Test
    void client_thatLeavesWithoutAWord_isNotHeard() {
        door.open().leave();

        assertThat(door.heard.words()).isEmpty();
    }

    @Test
    void listener_thatThrows_keepsNobodyOut() {
        door.heard.breakDown();
        door.answer(DoorFixture.IDENTIFIED);

        door.open().enter();

        assertThat(door.sessions.count()).isEqualTo(1);
        assertThat(door.heard.words()).containsExactly("Admitted");
    }
}
