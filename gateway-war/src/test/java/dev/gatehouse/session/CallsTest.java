package dev.gatehouse.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

import jakarta.websocket.CloseReason;

import dev.gatehouse.control.Answer;
import dev.gatehouse.control.Call;
import dev.gatehouse.control.Caller;
import dev.gatehouse.control.Event;
import dev.gatehouse.protocol.WireError;
import dev.gatehouse.spi.Role;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The calls of one session, and what ends them. */
class CallsTest {

    private static final Answer NOT_FOR_THIS_ROLE = new Answer.Failure(WireError.unauthorizedRole(Role.NODE));
    private static final Answer DONE = new Answer.Payload(Map.of());

    private final FakeSocket socket = new FakeSocket();
    private final Deque<Runnable> workers = new ArrayDeque<>();
    private final List<String> carriedOut = new ArrayList<>();
    private BiFunction<Caller, Call, Answer> control = (caller, call) -> DONE;
    private final LiveSession session = new LiveSession(
            "c",
            new Connection(socket.session(), new ManualTimers(), 10_000, () -> {}),
            Optional.of("d"),
            TestSessions.PEER,
            Role.OPERATOR,
            workers::add,
            this::answer);

    CallsTest() {
        session.greeted(TestSessions.caller("c", "operator.pairing"));
    }

    @Test
    void answers_comeInTheOrderOfTheRequests() {
        session.receive(DoorFixture.request("1", "slow"));
        session.receive("{\"type\":\"req\",\"id\":\"2\"}");
        session.receive("not JSON");
        session.receive(DoorFixture.request("3", "quick"));
        assertThat(socket.sent()).isEmpty();

        work();

        assertThat(socket.sent())
                .extracting(frame -> frame.substring(0, 22))
                .containsExactly(
                        "{\"type\":\"res\",\"id\":\"1\"",
                        "{\"type\":\"res\",\"id\":\"2\"",
                        "{\"type\":\"res\",\"id\":\"3\"");
        assertThat(carriedOut).containsExactly("slow", "quick");
    }

    @Test
    void callTooMany_isToldThatTheGatewayIsBusy() {
        for (int i = 0; i <= 256; i++) {
            session.receive(DoorFixture.request("r" + i, "m"));
        }

        assertThat(socket.sent()).singleElement().isEqualTo("""
                {"type":"res","id":"r256","ok":false,"error":{"code":"UNAVAILABLE",\
                "message":"The server is busy. Please try again in a moment.","retryable":true,"retryAfterMs":1000}}""");
    }

    @Test
    void callsThatAreLargeTogether_areToldThatTheGatewayIsBusy() {
        String large = "{\"type\":\"req\",\"id\":\"1\",\"method\":\"m\",\"params\":\"" + "x".repeat(60_000) + "\"}";
        for (int i = 0; i < 6; i++) {
            session.receive(large);
        }

        assertThat(socket.sent()).hasSize(2).allMatch(frame -> frame.contains("server is busy"));
    }

    @Test
    void clientThatKeepsCallingWhatIsNotForItsRole_isClosed() {
        control = (caller, call) -> NOT_FOR_THIS_ROLE;
        for (int i = 0; i < 10; i++) {
            session.receive(DoorFixture.request("1", "m"));
        }
        work();
        assertThat(socket.isClosed()).isFalse();

        session.receive(DoorFixture.request("1", "m"));
        session.receive(DoorFixture.request("2", "m"));
        work();

        assertClosed(1008, "repeated unauthorized calls");
        assertThat(socket.sent()).hasSize(11);
    }

    @Test
    void anyOtherAnswer_beginsTheCountAnew() {
        for (int i = 0; i < 30; i++) {
            control = i % 10 == 9 ? (caller, call) -> DONE : (caller, call) -> NOT_FOR_THIS_ROLE;
            session.receive(DoorFixture.request("1", "m"));
            work();
        }

        assertThat(socket.isClosed()).isFalse();
    }

    @Test
    void withdrawnSession_carriesOutNothingThatWaits() {
        session.receive(DoorFixture.request("1", "m"));

        session.withdraw("device removed");
        session.receive(DoorFixture.request("2", "m"));
        work();

        assertClosed(4001, "device removed");
        assertThat(carriedOut).isEmpty();
        assertThat(socket.sent()).isEmpty();
    }

    @Test
    void clientThatLeaves_costsNoCallMore() {
        session.receive(DoorFixture.request("1", "m"));
        session.receive(DoorFixture.request("2", "m"));

        session.gone();
        work();

        assertThat(carriedOut).isEmpty();
    }

    @Test
    void callThatEndsItsOwnSession_isAnsweredBeforeTheClose() {
        control = (caller, call) -> {
            session.withdraw("device removed");
            session.tell(Event.tick(5));
            assertThat(socket.isClosed()).isFalse();
            return DONE;
        };
        session.receive(DoorFixture.request("1", "remove"));
        session.receive(DoorFixture.request("2", "other"));
        work();

        assertThat(socket.sent()).containsExactly("{\"type\":\"res\",\"id\":\"1\",\"ok\":true,\"payload\":{}}");
        assertThat(socket.framesBeforeClose()).isEqualTo(1);
        assertClosed(4001, "device removed");
        assertThat(carriedOut).containsExactly("remove");
    }

    @Test
    void sessionEndedByAnotherThread_isClosedAtOnce() {
        control = (caller, call) -> {
            Thread other = new Thread(() -> session.withdraw("device removed"));
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertThat(socket.isClosed()).isTrue();
            return DONE;
        };
        session.receive(DoorFixture.request("1", "slow"));
        work();

        assertThat(socket.sent()).isEmpty();
    }

    @Test
    void slowClient_missesPairingEvents_withoutAGap_andLooksAgainWhenItHasCaughtUp() {
        socket.completeLater();
        session.receive(DoorFixture.request("1", "x".repeat(200)));
        control = (caller, call) -> new Answer.Payload(Map.of("text", "x".repeat(500)));
        work();

        session.tell(Event.devicesChanged());
        session.tell(Event.tick(5));
        socket.complete();
        socket.complete();
        session.makeUpForMissedEvents();

        assertThat(socket.sent().subList(1, 3))
                .containsExactly(
                        "{\"type\":\"event\",\"event\":\"tick\",\"payload\":{\"ts\":5},\"seq\":1}",
                        "{\"type\":\"event\",\"event\":\"device.pair.changed\",\"payload\":{},\"seq\":2}");
        session.makeUpForMissedEvents();
        assertThat(socket.sent()).hasSize(3);
    }

    @Test
    void callThatWaitsForSomebodyElse_letsTheNextOnesGoAhead() {
        CompletableFuture<Answer> result = new CompletableFuture<>();
        control = (caller, call) -> call.method().equals("wait") ? new Answer.Later(result) : DONE;
        session.receive(DoorFixture.request("1", "wait"));
        session.receive(DoorFixture.request("2", "m"));
        work();
        assertThat(socket.sent()).containsExactly("{\"type\":\"res\",\"id\":\"2\",\"ok\":true,\"payload\":{}}");

        result.complete(new Answer.Payload(Map.of("late", true)));

        assertThat(socket.sent())
                .last()
                .isEqualTo("{\"type\":\"res\",\"id\":\"1\",\"ok\":true,\"payload\":{\"late\":true}}");
    }

    @Test
    void callsThatWaitForSomebodyElse_areBounded_andEndWithTheSession() {
        List<CompletableFuture<Answer>> results = new ArrayList<>();
        control = (caller, call) -> {
            results.add(new CompletableFuture<>());
            return new Answer.Later(results.get(results.size() - 1));
        };
        for (int i = 0; i < 65; i++) {
            session.receive(DoorFixture.request("w" + i, "wait"));
        }
        work();
        assertThat(socket.sent()).singleElement().asString().contains("\"id\":\"w64\"", "server is busy");
        assertThat(results.get(64)).isCancelled();

        session.withdraw("device removed");

        assertThat(results).allMatch(CompletableFuture::isCancelled);
        assertThat(socket.sent()).hasSize(1);
    }

    @Test
    void restart_isAnnounced() {
        session.restart();

        assertThat(socket.sent())
                .containsExactly(
                        "{\"type\":\"event\",\"event\":\"shutdown\",\"payload\":{\"reason\":\"gateway stopping\"},\"seq\":1}");
        assertClosed(1012, "service restart");
    }

    private Answer answer(Caller caller, Call call) {
        carriedOut.add(call.method());
        return control.apply(caller, call);
    }

    private void work() {
        while (!workers.isEmpty()) {
            workers.remove().run();
        }
    }

    private void assertClosed(int code, String reason) {
        assertThat(socket.awaitClose())
                .extracting(close -> close.getCloseCode().getCode(), CloseReason::getReasonPhrase)
                .containsExactly(code, reason);
    }
}
