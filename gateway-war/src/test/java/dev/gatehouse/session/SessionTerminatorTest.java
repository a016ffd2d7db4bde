package dev.gatehouse.session;

import java.util.List;
import java.util.Optional;

import jakarta.websocket.CloseReason;

import dev.gatehouse.control.Caller;
import dev.gatehouse.device.DeviceEvent;
import dev.gatehouse.limit.LimitSettings;
import dev.gatehouse.limit.SessionCaps;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class SessionTerminatorTest {

    private final LiveSessions sessions = new LiveSessions(new SessionCaps(() -> LimitSettings.STANDARD));
    private final SessionTerminator terminator = new SessionTerminator(sessions);
    private final FakeSocket operator = admit("1", Optional.of("removed"), Role.OPERATOR);
    private final FakeSocket node = admit("2", Optional.of("removed"), Role.NODE);
    private final FakeSocket other = admit("3", Optional.of("kept"), Role.OPERATOR);
    private final FakeSocket withoutDevice = admit("4", Optional.empty(), Role.OPERATOR);

    @Test
    void removedDevice_losesAllItsSessions() {
        terminator.accept(new DeviceEvent.DeviceRemoved("removed"));

        for (FakeSocket cut : List.of(operator, node)) {
            assertThat(cut.awaitClose())
                    .extracting(reason -> reason.getCloseCode().getCode(), CloseReason::getReasonPhrase)
                    .containsExactly(4001, "device removed");
        }
    }

    @Test
    void removedDevice_leavesTheSessionsOfOthersAlone() {
        terminator.accept(new DeviceEvent.DeviceRemoved("removed"));

        assertThat(other.isClosed()).isFalse();
        assertThat(withoutDevice.isClosed()).isFalse();
    }

    @Test
    void revokedOrRotatedToken_endsTheSessionsOfItsDeviceAndRoleOnly() {
        terminator.accept(new DeviceEvent.TokenRevoked("removed", Role.NODE));

        assertThat(node.awaitClose())
                .extracting(reason -> reason.getCloseCode().getCode(), CloseReason::getReasonPhrase)
                .containsExactly(4001, "device removed");
        assertThat(List.of(operator, other, withoutDevice)).noneMatch(FakeSocket::isClosed);

        terminator.accept(new DeviceEvent.TokenRotated("removed", Role.OPERATOR));

        assertThat(operator.awaitClose().getCloseCode().getCode()).isEqualTo(4001);
        assertThat(List.of(other, withoutDevice)).noneMatch(FakeSocket::isClosed);
    }

    @Test
    void removedDevice_losesASessionThatIsStillBeingAdmitted() {
        FakeSocket socket = new FakeSocket();
        sessions.add(TestSessions.session("5", socket, Optional.of("removed")));

        terminator.accept(new DeviceEvent.DeviceRemoved("removed"));

        assertThat(socket.awaitClose().getCloseCode().getCode()).isEqualTo(4001);
    }

    @ParameterizedTest
    @MethodSource
    void otherChanges_cutNobody(DeviceEvent event) {
        terminator.accept(event);

        assertThat(List.of(operator, node, other, withoutDevice)).noneMatch(FakeSocket::isClosed);
    }

    static List<DeviceEvent> otherChanges_cutNobody() {
        return List.of(
                new DeviceEvent.PairingRequested("request", "removed"),
                new DeviceEvent.PairingWidened("request", "removed"),
                new DeviceEvent.PairingApproved("request", "removed", Role.OPERATOR),
                new DeviceEvent.PairingRejected("request", "removed"),
                new DeviceEvent.PairingExpired("request", "removed"),
                new DeviceEvent.DeviceRelabelled("removed"));
    }

    private FakeSocket admit(String connectionId, Optional<String> deviceId, Role role) {
        FakeSocket socket = new FakeSocket();
        LiveSession session = TestSessions.session(connectionId, socket, deviceId, role);
        session.greeted(new Caller(connectionId, role, Scopes.none(), Identity.TOKEN, deviceId));
        sessions.add(session);
        return socket;
    }
}
