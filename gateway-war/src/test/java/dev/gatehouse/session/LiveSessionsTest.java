package dev.gatehouse.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.websocket.CloseReason;

import dev.gatehouse.limit.LimitSettings;
import dev.gatehouse.limit.SessionCaps;
import dev.gatehouse.spi.Client;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LiveSessionsTest {

    private static final SessionFacts FACTS = new SessionFacts(
            "a",
            Optional.empty(),
            Role.OPERATOR,
            new Client("cli", "cli", "1.0.0", "linux", Optional.empty(), Optional.empty(), List.of()),
            Optional.empty(),
            Scopes.none(),
            Identity.TOKEN,
            Instant.EPOCH);

    private final LiveSessions sessions = new LiveSessions(new SessionCaps(() -> LimitSettings.STANDARD));
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

    @Test
    void facts_areOfSessionsThatWereGreeted_only() {
        LiveSession session = add("a", Optional.empty(), socket);
        session.describe(FACTS);
        assertThat(sessions.facts()).isEmpty();
        assertThat(sessions.terminate("a")).isFalse();

        session.greeted(TestSessions.caller("a"));

        assertThat(sessions.facts()).containsExactly(FACTS);
    }

    @Test
    void terminate_closesThatSessionOnly_andOnce() {
        FakeSocket other = new FakeSocket();
        for (LiveSession session : List.of(add("a", Optional.empty(), socket), add("b", Optional.empty(), other))) {
            session.describe(FACTS);
            session.greeted(TestSessions.caller("a"));
        }

        assertThat(sessions.terminate("a")).isTrue();

        assertThat(socket.awaitClose())
                .extracting(reason -> reason.getCloseCode().getCode(), CloseReason::getReasonPhrase)
                .containsExactly(4001, "session terminated");
        assertThat(other.isClosed()).isFalse();
        assertThat(sessions.terminate("a")).isFalse();
        assertThat(sessions.terminate("nobody")).isFalse();
        assertThat(sessions.facts()).hasSize(1);
    }

    private LiveSession add(String connectionId, Optional<String> deviceId, FakeSocket peer) {
        LiveSession session = TestSessions.session(connectionId, peer, deviceId);
        sessions.add(session);
        return session;
    }
}
