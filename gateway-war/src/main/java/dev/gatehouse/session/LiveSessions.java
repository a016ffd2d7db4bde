package dev.gatehouse.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.gatehouse.spi.Role;

/** Every live session of this node. Safe for concurrent use. */
public final class LiveSessions {

    private final Map<String, LiveSession> sessions = new ConcurrentHashMap<>();

    void add(LiveSession session) {
        sessions.put(session.connectionId(), session);
    }

    void remove(LiveSession session) {
        sessions.remove(session.connectionId());
    }

    /** How many sessions are live. */
    public int count() {
        return sessions.size();
    }

    /** Sends every client a sign of life. */
    public void tick(long nowMillis) {
        sessions.values().forEach(session -> session.tick(nowMillis));
    }

    /** Ends every session of a device that was removed. */
    void deviceRemoved(String deviceId) {
        sessions.values().stream()
                .filter(session -> session.isOf(deviceId))
                .forEach(session -> session.withdraw("device removed"));
    }

    /** Ends the sessions of a device for one role, because its token is not what it was. */
    void tokenWithdrawn(String deviceId, Role role) {
        sessions.values().stream()
                .filter(session -> session.isOf(deviceId, role))
                .forEach(session -> session.withdraw("device removed")); // what stock clients know for this, too
    }

    /** Tells every client that the gateway stops, so that it comes back. */
    public void restart() {
        sessions.values().forEach(LiveSession::restart);
    }
}
