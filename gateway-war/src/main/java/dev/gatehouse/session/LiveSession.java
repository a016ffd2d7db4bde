package dev.gatehouse.session;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import dev.gatehouse.protocol.Answers;
import dev.gatehouse.protocol.Frames;
import dev.gatehouse.protocol.LaterFrame;
import dev.gatehouse.protocol.RequestFrame;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;

/** An admitted open socket: who it is, what it may do, and how it is spoken to. Safe for concurrent use. */
final class LiveSession {

    private static final int RESTART = 1012;
    private static final int AUTHORITY_WITHDRAWN = 4001;

    private final String connectionId;
    private final Connection connection;
    private final Optional<String> deviceId;
    private final Role role;
    private final AtomicLong sequence = new AtomicLong();

    /** Empty until the client was greeted: events before the hello would confuse it. */
    private volatile Optional<Scopes> scopes = Optional.empty();

    LiveSession(String connectionId, Connection connection, Optional<String> deviceId, Role role) {
        this.connectionId = connectionId;
        this.connection = connection;
        this.deviceId = deviceId;
        this.role = role;
    }

    String connectionId() {
        return connectionId;
    }

    /** From now on the client knows that it is admitted, with these scopes. */
    void greeted(Scopes granted) {
        scopes = Optional.of(granted);
    }

    boolean isOf(String device) {
        return deviceId.filter(device::equals).isPresent();
    }

    boolean isOf(String device, Role withRole) {
        return role == withRole && isOf(device);
    }

    /** Answers a frame of the client (wire reference 1.6); what is not JSON is ignored. */
    void receive(String text) {
        LaterFrame frame = RequestFrame.parse(text);
        if (frame instanceof RequestFrame request) {
            connection.send(Answers.to(request, role, scopes.orElse(Scopes.none())));
        }
        if (frame instanceof LaterFrame.Invalid invalid) {
            connection.send(Frames.error(invalid.id(), invalid.error()));
        }
    }

    /** Tells the client that the gateway is there (wire reference 1.4). */
    void tick(long nowMillis) {
        if (scopes.isPresent()) {
            connection.send(Frames.tick(nowMillis, sequence.incrementAndGet()));
        }
    }

    /** Ends the session because what it was admitted for is no more. */
    void withdraw(String reason) {
        connection.close(AUTHORITY_WITHDRAWN, reason);
    }

    /** Ends the session because the gateway stops. */
    void restart() {
        connection.close(RESTART, "service restart");
    }
}
