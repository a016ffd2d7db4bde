package dev.gatehouse.session;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.control.Answer;
import dev.gatehouse.control.Caller;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;

/** Live sessions without a gateway: their calls are answered at once, with nothing. */
final class TestSessions {

    /** Where their clients come from. */
    static final InetAddress PEER = InetAddress.getLoopbackAddress();

    private TestSessions() {}

    static LiveSession session(String connectionId, FakeSocket peer, Optional<String> deviceId) {
        return session(connectionId, peer, deviceId, Role.OPERATOR);
    }

    static LiveSession session(String connectionId, FakeSocket peer, Optional<String> deviceId, Role role) {
        Connection connection = new Connection(peer.session(), new ManualTimers(), Long.MAX_VALUE, () -> {});
        return new LiveSession(
                connectionId,
                connection,
                deviceId,
                PEER,
                role,
                Runnable::run,
                (caller, call) -> new Answer.Payload(Map.of()));
    }

    /** An operator that holds these scopes and has no device. */
    static Caller caller(String connectionId, String... scopes) {
        return new Caller(connectionId, Role.OPERATOR, Scopes.of(scopes), Identity.TOKEN, Optional.empty());
    }
}
