package dev.gatehouse.session;

import java.net.InetAddress;
import java.time.Duration;

import dev.gatehouse.limit.LimitSettings;
import dev.gatehouse.limit.UnadmittedSockets;
import dev.gatehouse.limit.UnadmittedSockets.Place;
import dev.gatehouse.session.DoorFixture.Peer;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** When a socket gives its place among those back that are not admitted yet. */
class PlaceTest {

    private final DoorFixture door = new DoorFixture();
    private final UnadmittedSockets sockets =
            new UnadmittedSockets(() -> LimitSettings.STANDARD, () -> Duration.ofMinutes(1), door.clock);

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void client_thatIsAdmitted_takesUpNoPlaceAnyMore_whileItsSocketIsOpen() {
        door.answer(DoorFixture.IDENTIFIED);
        Peer peer = door.openAt(place());
        assertThat(sockets.count()).isEqualTo(1);

        peer.enter();

        assertThat(sockets.count()).isZero();
        assertThat(peer.socket.isClosed()).isFalse();
    }

    @Test
    void client_thatIsRefused_takesUpItsPlaceUntilTheSocketHasEnded() {
        door.answer(Verdict.veto(VetoReason.of("AUTH_TOKEN_MISSING", VetoReason.Effect.IDENTIFY, "no token")));
        Peer peer = door.openAt(place());
        peer.connect();
        peer.socket.awaitClose();
        assertThat(sockets.count()).isEqualTo(1);

        peer.leave();

        assertThat(sockets.count()).isZero();
    }

    @Test
    void client_thatLeavesWithoutAWord_givesItsPlaceBack() {
        Peer peer = door.openAt(place());

        peer.leave();
        peer.leave();

        assertThat(sockets.count()).isZero();
    }

    @Test
    void socket_thatCannotBeOpened_givesItsPlaceBack() {
        Peer withoutStage = door.unopened();
        place().putInto(withoutStage.socket.session().getUserProperties());

        withoutStage.endpoint.onOpen(withoutStage.socket.session(), new FakeEndpointConfig());

        assertThat(sockets.count()).isZero();
    }

    private Place place() {
        return sockets.enter(InetAddress.getLoopbackAddress()).orElseThrow();
    }
}
