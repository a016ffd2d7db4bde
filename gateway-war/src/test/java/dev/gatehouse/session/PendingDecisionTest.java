package dev.gatehouse.session;

import java.util.List;
import java.util.stream.IntStream;

import dev.gatehouse.session.DoorFixture.Peer;
import dev.gatehouse.spi.TemporarilyUnavailable;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a client may do between its connect frame and the decision, and what comes of the decision. */
class PendingDecisionTest {

    private static final int EARLY_FRAMES_MAX = 15;
    private static final VetoReason VETO =
            VetoReason.of("AUTH_TOKEN_MISMATCH", VetoReason.Effect.IDENTIFY, "unauthorized: wrong");

    private final DoorFixture door = new DoorFixture();
    private final Peer peer = door.open();

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void earlyFrames_areAnsweredAfterHello_inTheirOrder() {
        peer.connect();
        sendEarly(EARLY_FRAMES_MAX);
        assertThat(peer.socket.sent()).hasSize(1);

        door.answer(DoorFixture.IDENTIFIED);

        assertThat(peer.socket.read()).contains("connect.challenge");
        assertThat(peer.socket.read()).contains("hello-ok");
        for (int i = 0; i < EARLY_FRAMES_MAX; i++) {
            assertThat(peer.socket.read()).contains("\"id\":\"early-" + i + "\",\"ok\":true");
        }
        assertThat(peer.socket.isClosed()).isFalse();
    }

    @Test
    void oneEarlyFrameMore_isTooMany() {
        peer.connect();
        sendEarly(EARLY_FRAMES_MAX + 1);

        assertClosed(peer, 1008, "too many pending handshake frames");
        assertThat(peer.socket.sent())
                .last()
                .asString()
                .startsWith("{\"type\":\"res\",\"id\":\"invalid\",\"ok\":false,")
                .contains("too many pending handshake frames");
    }

    @Test
    void clientThatWasRefusedMeanwhile_isNotAdmitted() {
        peer.connect();
        sendEarly(EARLY_FRAMES_MAX + 1);

        door.answer(DoorFixture.IDENTIFIED);
        awaitDecisions();

        assertThat(peer.socket.sent()).hasSize(2).noneMatch(frame -> frame.contains("hello-ok"));
        assertThat(door.sessions.count()).isEqualTo(1);
    }

    @Test
    void clientThatLeavesMeanwhile_isNotLive() {
        peer.connect();
        door.asked();
        peer.leave();

        door.answer(DoorFixture.IDENTIFIED);
        awaitDecisions();

        assertThat(peer.socket.sent()).hasSize(1);
        assertThat(door.sessions.count()).isEqualTo(1);
    }

    @Test
    void clientThatLeavesAfterHello_isNotLiveAnyMore() {
        door.answer(DoorFixture.IDENTIFIED);
        peer.enter();
        assertThat(door.sessions.count()).isEqualTo(1);

        peer.leave();

        assertThat(door.sessions.count()).isZero();
    }

    @Test
    void decision_mayTakeLongerThanTheHandshake() {
        peer.connect();
        door.asked();

        door.timers.advance(DoorFixture.HANDSHAKE_TIMEOUT.multipliedBy(2));
        door.answer(DoorFixture.IDENTIFIED);

        assertThat(peer.socket.read()).contains("connect.challenge");
        assertThat(peer.socket.read()).contains("hello-ok");
    }

    @Test
    void refusal_isToldUnderTheIdOfTheRequest_andThenClosed() {
        door.answer(Verdict.veto(VETO));

        peer.connect();

        assertClosed(peer, 1008, "unauthorized: wrong");
        assertThat(peer.socket.framesBeforeClose()).isEqualTo(2);
        assertThat(peer.socket.sent())
                .last()
                .asString()
                .matches("\\{\"type\":\"res\",\"id\":\"c1\",\"ok\":false,\"error\":\\{\"code\":\"INVALID_REQUEST\","
                        + "\"message\":\"unauthorized: wrong\","
                        + "\"details\":\\{\"code\":\"AUTH_TOKEN_MISMATCH\",\"refusalId\":\"[0-9a-f]{10}\"}}}");
    }

    @Test
    void refusal_isRememberedUnderTheIdThatTheClientIsTold() {
        door.answer(Verdict.veto(VETO));

        peer.connect();
        peer.socket.awaitClose();

        assertThat(door.explainable.list()).singleElement().satisfies(refusal -> {
            assertThat(peer.socket.sent()).last().asString().contains("\"refusalId\":\"" + refusal.id() + "\"");
            assertThat(refusal.context().client().isCli()).isTrue();
        });
    }

    @Test
    void failure_isRememberedUnderTheIdThatTheClientIsTold() {
        door.fail(new IllegalStateException("10.0.0.7 refused"));

        peer.connect();
        peer.socket.awaitClose();

        assertThat(door.explainable.list())
                .singleElement()
                .satisfies(refusal ->
                        assertThat(peer.socket.sent()).last().asString().contains("\"incidentId\":\"" + refusal.id()));
    }

    @Test
    void frames_afterARefusal_areIgnored() {
        door.answer(Verdict.veto(VETO));
        peer.connect();
        peer.socket.awaitClose();

        peer.connect();
        peer.socket.deliver(DoorFixture.request("2", "health"));
        door.timers.advance(DoorFixture.HANDSHAKE_TIMEOUT);

        assertThat(peer.socket.sent()).hasSize(2);
        assertThat(peer.socket.closes()).isEqualTo(1);
        assertThat(door.sessions.count()).isZero();
    }

    @Test
    void outage_isNotTheClientsFault() {
        door.fail(new TemporarilyUnavailable("database is down", new IllegalStateException("10.0.0.7 refused")));

        peer.connect();

        assertThat(peer.socket.awaitClose().getCloseCode().getCode()).isEqualTo(1013);
        assertUnavailable();
    }

    @Test
    void faultOfACheck_isNotTheClientsFault() {
        door.fail(new IllegalStateException("10.0.0.7 refused"));

        peer.connect();

        assertThat(peer.socket.awaitClose().getCloseCode().getCode()).isEqualTo(1011);
        assertUnavailable();
    }

    @Test
    void refusal_thatCannotBeWritten_isAnsweredAllTheSame() {
        Object unwritable = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("10.0.0.7 refused");
            }
        };
        door.answer(Verdict.veto(VETO.withDetail("odd", unwritable)));

        peer.connect();

        assertThat(peer.socket.awaitClose().getCloseCode().getCode()).isEqualTo(1011);
        assertUnavailable();
    }

    private void assertUnavailable() {
        assertThat(peer.socket.sent())
                .last()
                .asString()
                .contains("\"code\":\"UNAVAILABLE\"")
                .containsPattern("\"incidentId\":\"[0-9a-f]{10}\"")
                .doesNotContain("10.0.0.7", "database");
        assertThat(door.sessions.count()).isZero();
    }

    private void sendEarly(int count) {
        door.asked();
        List<String> ids = IntStream.range(0, count).mapToObj(i -> "early-" + i).toList();
        ids.forEach(id -> peer.socket.deliver(DoorFixture.request(id, "health")));
    }

    /** Admits another client, who is decided after all others. */
    private void awaitDecisions() {
        door.open().enter();
    }

    private static void assertClosed(Peer peer, int code, String reason) {
        assertThat(peer.socket.awaitClose())
                .extracting(close -> close.getCloseCode().getCode(), close -> close.getReasonPhrase())
                .containsExactly(code, reason);
    }
}
