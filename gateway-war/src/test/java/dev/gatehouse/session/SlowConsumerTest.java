package dev.gatehouse.session;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.websocket.CloseReason;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of a peer that does not read. */
class SlowConsumerTest {

    private static final long BUFFER_MAX = 100;
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final FakeSocket socket = new FakeSocket();
    private final ManualTimers timers = new ManualTimers();
    private final AtomicInteger slow = new AtomicInteger();
    private final Connection connection = new Connection(socket.session(), timers, BUFFER_MAX, slow::incrementAndGet);

    @Test
    void peer_thatDoesNotRead_isASlowConsumerWhenTheBufferIsFull() {
        socket.completeLater();
        connection.send("x".repeat(60));
        connection.send("x".repeat(40));
        assertThat(timers.waiting()).isZero();

        connection.send("x");

        assertThat(socket.isClosed()).isFalse();
        timers.advance(GRACE.minusMillis(1));
        assertThat(socket.isClosed()).isFalse();
        timers.advance(Duration.ofMillis(1));
        assertThat(socket.awaitClose())
                .extracting(reason -> reason.getCloseCode().getCode(), CloseReason::getReasonPhrase)
                .containsExactly(1008, "slow consumer");
        assertThat(socket.sent()).hasSize(1);
        assertThat(slow).hasValue(1);
    }

    @Test
    void peer_thatReadsAgain_isToldThatItWasSlowAndNothingElse() {
        socket.completeLater();
        connection.send("x".repeat(60));
        connection.send("x".repeat(60));
        connection.send("y");

        socket.complete();
        timers.advance(GRACE);

        assertThat(socket.sent()).hasSize(1);
        assertThat(socket.closes()).isEqualTo(1);
        assertThat(socket.awaitClose().getReasonPhrase()).isEqualTo("slow consumer");
    }

    @Test
    void buffer_countsBytesAndNotCharacters() {
        socket.completeLater();
        connection.send("€".repeat(33));

        connection.send("€");

        assertThat(timers.waiting()).isEqualTo(1);
    }

    @Test
    void buffer_isFreeAgain_onceItsFramesAreSent() {
        socket.completeLater();
        for (int i = 0; i < 10; i++) {
            connection.send("x".repeat(100));
            socket.complete();
        }

        assertThat(socket.sent()).hasSize(10);
        assertThat(socket.isClosed()).isFalse();
    }

    @Test
    void close_ofAPeerThatDoesNotRead_isCutAfterTheGracePeriod() {
        socket.completeLater();
        connection.send("never read");
        connection.close(4001, "device removed");
        assertThat(socket.isClosed()).isFalse();

        timers.advance(GRACE);

        assertThat(socket.awaitClose().getCloseCode().getCode()).isEqualTo(4001);
        socket.complete();
        assertThat(socket.closes()).isEqualTo(1);
    }
}
