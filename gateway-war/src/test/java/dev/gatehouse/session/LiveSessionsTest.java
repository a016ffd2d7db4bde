package dev.gatehouse.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.websocket.CloseReason;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LiveSessionsTest {

    private final LiveSessions sessions = new LiveSessions();
    private final FakeSocket socket = new FakeSocket();

    @Test
    void ticks_afterHello_areNumberedWithoutGap() {
        LiveSession session = add("a", Optional.empty(), socket);
        session.greeted(TestSessions.caller("a"));

        sessions.tick(1000);
        sessions.tick(31_000);
        sessions.tick(61_000);

        assertThat(socket.sent())
                .containsExactly(
                        "{\"type\":\"event\",\"event\":\"tick\",\"payload\":{\"ts\":1000},\"seq\":1}",
                        "{\"type\":\"event\",\"event\":\"tick\",\"payload\":{\"ts\":31000},\"seq\":2}",
                        "{\"type\":\"event\",\"event\":\"tick\",\"payload\":{\"ts\":61000},\"seq\":3}");
    }

    @Test
    void ticks_beforeHello_areNeitherSentNorCounted() {
        LiveSession session = add("a", Optional.empty(), socket);
        sessions.tick(1000);
        assertThat(socket.sent()).isEmpty();

        session.greeted(TestSessions.caller("a"));
        sessions.tick(Instant.EPOCH.toEpochMilli());

        assertThat(socket.sent()).singleElement().asString().endsWith("\"seq\":1}");
    }

    @Test
    void pings_beginAfterHello() {
        LiveSession session = add("a", Optional.empty(), socket);
        sessions.ping();
        assertThat(socket.pings()).isZero();

        session.greeted(TestSessions.caller("a"));
        sessions.ping();

        assertThat(socket.pings()).isEqualTo(1);
    }

    @Test
    void devicesOfSessions_areEachKnownOnce() {
        add("a", Optional.of("device"), socket);
        add("b", Optional.of("device"), socket);
        add("c", Optional.empty(), socket);

        assertThat(sessions.devices()).containsExactly("device");
    }

    @Test
    void restart_tellsEverySessionToComeBack() {
        FakeSocket other = new FakeSocket();
        add("a", Optional.empty(), socket).greeted(TestSessions.caller("a"));
        add("b", Optional.of("device"), other).greeted(TestSessions.caller("a"));

        sessions.restart();

        for (FakeSocket closed : List.of(socket, other)) {
            assertThat(closed.awaitClose())
                    .extracting(reason -> reason.getCloseCode().getCode(), CloseReason::getReasonPhrase)
                    .containsExactly(1012, "service restart");
        }
    }

    @Test
    void session_thatEnded_isNeitherCountedNorToldAnything() {
        LiveSession session = add("a", Optional.empty(), socket);
        session.greeted(TestSessions.caller("a"));
        assertThat(sessions.count()).isEqualTo(1);

        sessions.remove(session);
        sessions.tick(1000);
        sessions.restart();

        assertThat(sessions.count()).isZero();
        assertThat(socket.sent()).isEmpty();
        assertThat(socket.isClosed()).isFalse();
    }

    private LiveSession add(String connectionId, Optional<String> deviceId, FakeSocket peer) {
        LiveSession session = TestSessions.session(connectionId, peer, deviceId);
        sessions.add(session);
        return session;
    }
}
