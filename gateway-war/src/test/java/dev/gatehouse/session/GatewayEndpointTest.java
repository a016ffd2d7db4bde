package dev.gatehouse.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.admission.UpgradeStage;
import dev.gatehouse.protocol.Hello;
import dev.gatehouse.session.DoorFixture.Peer;
import dev.gatehouse.spi.Verdict;
import dev.gatehouse.spi.VetoReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static dev.gatehouse.session.DoorFixture.HANDSHAKE_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

class GatewayEndpointTest {

    private static final int FIRST_FRAME_MAX = 65_536;
    private static final int LATER_FRAME_MAX = 26_214_400;

    private final DoorFixture door = new DoorFixture();

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void connection_thatOpens_isChallengedAtOnceWithItsOwnNonce() {
        String first = door.open().socket.read();
        String second = door.open().socket.read();

        assertThat(first)
                .matches("\\{\"type\":\"event\",\"event\":\"connect.challenge\",\"payload\":"
                        + "\\{\"nonce\":\"[0-9a-f-]{36}\",\"ts\":" + door.clock.millis() + "}}");
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void client_thatDoesNotRead_isCountedAsASlowConsumer() {
        UpgradeStage stage = door.stage();
        door.answer(DoorFixture.IDENTIFIED);
        Peer peer = door.open(stage);
        peer.enter();
        peer.socket.completeLater();
        String large = "x".repeat(Hello.MAX_BUFFERED / 2 + 1);

        door.sessions.tellOne(stage.context().connectionId(), large);
        assertThat(door.sessions.slowConsumers()).isZero();
        door.sessions.tellOne(stage.context().connectionId(), large);

        assertThat(door.sessions.slowConsumers()).isEqualTo(1);
    }

    @Test
    void connection_whoseUpgradeDidNotComeThroughTheFilter_isClosed() {
        Peer peer = door.unopened();

        peer.endpoint.onOpen(peer.socket.session(), new FakeEndpointConfig());

        assertClosed(peer, 1011, "gateway error");
        assertThat(peer.socket.sent()).isEmpty();
    }

    @Test
    void connection_thatCannotEvenBeClosed_throwsNothingAtTheContainer() {
        for (Exception thrown : List.of(new IOException("gone"), new IllegalStateException("closed"))) {
            Peer peer = door.unopened();
            peer.socket.throwOnClose(thrown);

            peer.endpoint.onOpen(peer.socket.session(), new FakeEndpointConfig());

            assertThat(peer.socket.isClosed()).isTrue();
        }
    }

    @Test
    void answerToAPing_isTaken() {
        Peer peer = door.open();

        peer.socket.pong();

        assertThat(peer.socket.isClosed()).isFalse();
    }

    @Test
    void upgrade_thatTheContainerLeftInTheConfig_isFound() {
        Peer peer = door.unopened();
        FakeEndpointConfig config = new FakeEndpointConfig();
        door.stage().putInto(config.getUserProperties());

        peer.endpoint.onOpen(peer.socket.session(), config);

        assertThat(peer.socket.read()).contains("connect.challenge");
        assertThat(config.getUserProperties()).isEmpty();
    }

    @Test
    void textFrame_inParts_isReadWhole() {
        String frame = DoorFixture.connectFrame("Zoë's 😀");
        Peer peer = door.open();

        frame.codePoints().forEach(codePoint -> peer.socket.deliver(Character.toString(codePoint), false));
        peer.socket.deliver("", true);

        assertThat(door.asked().client().displayName()).contains("Zoë's 😀");
    }

    @Test
    void binaryFrame_isReadAsText_alsoWhenItIsSplitInsideACharacter() {
        byte[] frame = DoorFixture.connectFrame("Zoë's 😀").getBytes(StandardCharsets.UTF_8);
        Peer peer = door.open();

        for (int i = 0; i < frame.length; i++) {
            peer.socket.deliver(new byte[] {frame[i]}, i == frame.length - 1);
        }

        assertThat(door.asked().client().displayName()).contains("Zoë's 😀");
    }

    @Test
    void firstFrame_ofTheLargestSize_isRead() {
        Peer peer = door.open();

        peer.socket.deliver("€".repeat(FIRST_FRAME_MAX / 3) + ".");

        assertClosed(peer, 1008, "invalid request frame: not JSON");
    }

    @Test
    void firstFrame_thatIsTooLarge_isRefusedBeforeItsEnd() {
        Peer peer = door.open();

        peer.socket.deliver("€".repeat(FIRST_FRAME_MAX / 3), false);
        assertThat(peer.socket.isClosed()).isFalse();
        peer.socket.deliver("€", false);

        assertRefused(peer, "preauth payload too large", 1009);
    }

    @Test
    void firstFrame_thatIsBinaryAndTooLarge_isRefused() {
        Peer peer = door.open();

        peer.socket.deliver(new byte[FIRST_FRAME_MAX + 1], false);

        assertRefused(peer, "preauth payload too large", 1009);
    }

    @Test
    void frame_thatGoesOnAfterItWasRefused_isAnsweredOnce() {
        Peer peer = door.open();
        peer.socket.deliver("x".repeat(FIRST_FRAME_MAX + 1), false);

        peer.socket.deliver("x".repeat(FIRST_FRAME_MAX + 1), true);
        peer.connect();

        assertThat(peer.socket.sent()).hasSize(2);
        assertThat(peer.socket.closes()).isEqualTo(1);
    }

    @Test
    void silence_isRefusedWhenTheTimeIsUp() {
        Peer peer = door.open();
        door.timers.advance(HANDSHAKE_TIMEOUT.minusMillis(1));
        assertThat(peer.socket.isClosed()).isFalse();

        door.timers.advance(Duration.ofMillis(1));

        assertRefused(peer, "handshake timeout", 1008);
        assertThat(peer.socket.sent()).last().asString().contains("HANDSHAKE_TIMEOUT");
    }

    @Test
    void firstFrame_thatDoesNotEndInTime_isRefused() {
        Peer peer = door.open();
        peer.socket.deliver("{", false);

        door.timers.advance(HANDSHAKE_TIMEOUT);

        assertRefused(peer, "handshake timeout", 1008);
    }

    @Test
    void silence_afterAVetoAtUpgrade_isToldTheVeto() {
        VetoReason reason = VetoReason.of("OFFICE_HOURS", VetoReason.Effect.COME_BACK_LATER, "closed for today");
        door.answerAtUpgrade(Verdict.veto(reason));
        UpgradeStage upgrade = door.stage();
        Eventually.holds("the upgrade is vetoed", () -> upgrade.veto().isPresent());
        Peer peer = door.open(upgrade);

        door.timers.advance(HANDSHAKE_TIMEOUT);

        assertRefused(peer, "closed for today", 1008);
    }

    @Test
    void client_thatLeavesBeforeItSpeaks_leavesNoTimer() {
        Peer peer = door.open();
        assertThat(door.timers.waiting()).isEqualTo(1);

        peer.leave();

        assertThat(door.timers.waiting()).isZero();
    }

    @Test
    void liveSession_isAnswered() {
        door.answer(DoorFixture.IDENTIFIED);
        Peer peer = door.open();
        peer.enter();

        peer.socket.deliver(DoorFixture.request("7", "health"));

        assertThat(peer.socket.read())
                .startsWith("{\"type\":\"res\",\"id\":\"7\",\"ok\":true,\"payload\":{\"ok\":true,");
        assertThat(door.timers.waiting()).isZero();
    }

    @Test
    void liveSession_maySendLargeFrames() {
        door.answer(DoorFixture.IDENTIFIED);
        Peer peer = door.open();
        peer.enter();

        peer.socket.deliver(DoorFixture.request("7", "x".repeat(FIRST_FRAME_MAX)));

        assertThat(peer.socket.read()).contains("invalid request frame");
        assertThat(peer.socket.isClosed()).isFalse();
    }

    @Test
    void liveSession_whoseFrameIsTooLarge_isClosed() {
        door.answer(DoorFixture.IDENTIFIED);
        Peer peer = door.open();
        peer.enter();

        peer.socket.deliver("x".repeat(LATER_FRAME_MAX), false);
        assertThat(peer.socket.isClosed()).isFalse();
        peer.socket.deliver("x", true);

        assertClosed(peer, 1009, "");
    }

    @Test
    void errorOfTheContainer_isNotThrownBack() {
        Peer peer = door.open();

        peer.endpoint.onError(peer.socket.session(), new IOException("connection reset"));

        assertThat(peer.socket.isClosed()).isFalse();
    }

    private static void assertRefused(Peer peer, String message, int closeCode) {
        assertClosed(peer, closeCode, message);
        assertThat(peer.socket.framesBeforeClose()).isEqualTo(2);
        assertThat(peer.socket.sent())
                .last()
                .asString()
                .startsWith("{\"type\":\"res\",\"id\":\"invalid\",\"ok\":false,\"error\":{\"code\":\"")
                .contains("\"message\":\"" + message + "\"");
    }

    private static void assertClosed(Peer peer, int code, String reason) {
        assertThat(peer.socket.awaitClose())
                .extracting(
                        close -> close.getCloseCode().getCode(),
                        close -> Optional.ofNullable(close.getReasonPhrase()).orElse(""))
                .containsExactly(code, reason);
        assertThat(peer.socket.closes()).isEqualTo(1);
    }
}
