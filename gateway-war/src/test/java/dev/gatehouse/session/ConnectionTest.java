package dev.gatehouse.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ConnectionTest {

    private static final long BUFFER_MAX = 100;
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final FakeSocket socket = new FakeSocket();
    private final ManualTimers timers = new ManualTimers();
    private final Connection connection = new Connection(socket.session(), timers, BUFFER_MAX, () -> {});

    @Test
    void frames_areSentInOrder_oneAtATime() {
        socket.completeLater();

        connection.send("first");
        connection.send("second");
        connection.send("third");

        assertThat(socket.sent()).containsExactly("first");
        socket.complete();
        assertThat(socket.sent()).containsExactly("first", "second");
        socket.complete();
        assertThat(socket.sent()).containsExactly("first", "second", "third");
        assertThat(socket.sendsInFlight()).isEqualTo(1);
    }

    @Test
    void idleConnection_isPinged() {
        connection.send("first");

        connection.ping();
        connection.send("second");

        assertThat(socket.pings()).isEqualTo(1);
        assertThat(socket.sent()).containsExactly("first", "second");
    }

    @Test
    void client_thatAnsweredAndThenFallsSilent_isClosedAfterTwoPings() {
        connection.ping();
        connection.pong();

        connection.ping();
        connection.ping();
        assertThat(socket.isClosed()).isFalse();
        connection.ping();

        assertThat(socket.awaitClose().getReasonPhrase()).isEqualTo("heartbeat timeout");
        assertThat(socket.pings()).isEqualTo(3);
    }

    @Test
    void client_thatSpeaks_isNotSilent() {
        connection.ping();
        connection.pong();

        for (int round = 0; round < 5; round++) {
            connection.ping();
            connection.heard();
        }

        assertThat(socket.isClosed()).isFalse();
    }

    @Test
    void client_whoseAnswersNobodyPassesOn_isNotClosed() {
        for (int round = 0; round < 5; round++) {
            connection.ping();
        }

        assertThat(socket.isClosed()).isFalse();
    }

    @Test
    void connection_onWhichSomethingIsUnderWay_isNotPinged() {
        socket.completeLater();
        connection.send("first");
        connection.ping();
        socket.complete();
        connection.close(1012, "service restart");
        connection.ping();

        assertThat(socket.pings()).isZero();
    }

    @Test
    void pingThatFails_endsTheConnection() {
        socket.throwOnSend(new IllegalStateException("closed"));

        connection.ping();

        assertThat(socket.awaitClose().getCloseCode().getCode()).isEqualTo(1011);
    }

    @Test
    void sends_thatCompleteAtOnce_doNotRecurse() {
        int count = 20_000;
        Connection roomy = new Connection(socket.session(), timers, Long.MAX_VALUE, () -> {});
        socket.completeLater();
        roomy.send("first");
        IntStream.range(0, count).forEach(i -> roomy.send("later"));

        socket.completeAtOnce();
        socket.complete();

        assertThat(socket.sent()).hasSize(count + 1);
    }

    @Test
    void frames_ofSeveralThreads_areSentOneAtATimeAndNoneIsLost() throws InterruptedException {
        int threads = 4;
        int each = 500;
        Connection roomy = new Connection(socket.session(), timers, Long.MAX_VALUE, () -> {});
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService senders = Executors.newFixedThreadPool(threads);
        for (int thread = 0; thread < threads; thread++) {
            String name = "t" + thread;
            senders.execute(() -> {
                awaitUninterrupted(start);
                IntStream.range(0, each).forEach(i -> roomy.send(name + " " + i));
            });
        }

        start.countDown();
        senders.shutdown();
        assertThat(senders.awaitTermination(20, TimeUnit.SECONDS)).isTrue();

        assertThat(socket.sent()).hasSize(threads * each);
        assertThat(socket.mostSendsAtOnce()).isEqualTo(1);
        for (int thread = 0; thread < threads; thread++) {
            String prefix = "t" + thread + " ";
            assertThat(socket.sent().stream().filter(frame -> frame.startsWith(prefix)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, each).mapToObj(i -> prefix + i).toList());
        }
    }

    @Test
    void close_afterFrames_goesOutAfterThem() {
        socket.completeLater();
        connection.send("first");
        connection.send("second");

        connection.close(1008, "bye");
        socket.complete();

        assertThat(socket.isClosed()).isFalse();
        socket.complete();
        assertThat(socket.awaitClose().getReasonPhrase()).isEqualTo("bye");
        assertThat(socket.framesBeforeClose()).isEqualTo(2);
    }

    @Test
    void frames_afterTheClose_areNotSent() {
        connection.close(1000, "bye");

        connection.send("late");

        assertThat(socket.sent()).isEmpty();
    }

    @Test
    void frames_betweenTheCloseAndItsSending_areNotSent() {
        socket.completeLater();
        connection.send("first");
        connection.close(1000, "bye");
        connection.send("late");

        socket.complete();

        assertThat(socket.sent()).containsExactly("first");
        assertThat(socket.isClosed()).isTrue();
    }

    @Test
    void secondClose_doesNotCount() {
        connection.close(1008, "first");
        connection.close(4001, "second");
        timers.advance(GRACE);

        assertThat(socket.closes()).isEqualTo(1);
        assertThat(socket.awaitClose().getReasonPhrase()).isEqualTo("first");
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1002, 1008, 1009, 1011, 1012, 1013, 4001})
    void closeCode_isSentAsItIs(int code) {
        connection.close(code, "");

        assertThat(socket.awaitClose().getCloseCode().getCode()).isEqualTo(code);
    }

    @Test
    void reason_of123Bytes_isSentWhole() {
        String reason = "é".repeat(61) + ".";
        assertThat(reason.getBytes(StandardCharsets.UTF_8)).hasSize(123);

        connection.close(1008, reason);

        assertThat(socket.awaitClose().getReasonPhrase()).isEqualTo(reason);
    }

    @Test
    void reason_of124Bytes_isAFaultOfTheCallerAndClosesNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> connection.close(1008, "é".repeat(62)));

        assertThat(socket.isClosed()).isFalse();
        connection.close(1008, "bye");
        assertThat(socket.isClosed()).isTrue();
    }

    @Test
    void send_thatFails_endsTheConnection() {
        socket.completeLater();
        connection.send("lost");
        connection.send("not sent");

        socket.fail();
        connection.send("not sent either");

        assertThat(socket.sent()).containsExactly("lost");
        assertThat(socket.awaitClose().getCloseCode().getCode()).isEqualTo(1011);
    }

    @Test
    void send_thatTheContainerRefuses_endsTheConnection() {
        socket.throwOnSend(new IllegalStateException("the session has been closed"));

        connection.send("lost");

        assertThat(socket.awaitClose().getCloseCode().getCode()).isEqualTo(1011);
    }

    @Test
    void send_thatFailsWhileTheConnectionCloses_leavesTheReasonOfTheClose() {
        socket.completeLater();
        connection.send("error frame");
        connection.close(1008, "pairing required");

        socket.fail();

        assertThat(socket.awaitClose().getReasonPhrase()).isEqualTo("pairing required");
    }

    @Test
    void close_thatTheContainerRefuses_isTriedOnce() {
        for (Exception thrown : List.of(new IOException("gone"), new IllegalStateException("closed"))) {
            FakeSocket gone = new FakeSocket();
            gone.throwOnClose(thrown);
            Connection closing = new Connection(gone.session(), timers, BUFFER_MAX, () -> {});

            closing.close(1000, "");
            timers.advance(GRACE);

            assertThat(gone.closes()).isEqualTo(1);
        }
    }

    @Test
    void connection_whoseSocketIsGone_sendsAndClosesNothing() {
        socket.completeLater();
        connection.send("first");
        connection.send("second");

        connection.gone();
        socket.complete();
        connection.send("third");
        connection.close(1000, "bye");
        timers.advance(GRACE);

        assertThat(socket.sent()).containsExactly("first");
        assertThat(socket.isClosed()).isFalse();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
