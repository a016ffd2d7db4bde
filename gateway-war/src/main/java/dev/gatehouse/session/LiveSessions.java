package dev.gatehouse.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

import dev.gatehouse.admission.ChainMark;
import dev.gatehouse.admission.Fingerprints;
import dev.gatehouse.ban.Target;
import dev.gatehouse.control.Audience;
import dev.gatehouse.control.Event;
import dev.gatehouse.limit.SessionCaps;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.VetoReason;

/** Every live session of this node. Safe for concurrent use. */
public final class LiveSessions implements Audience {

    private final Map<String, LiveSession> sessions = new ConcurrentHashMap<>();
    private final LongAdder slowConsumers = new LongAdder();
    private final SessionCaps caps;

    /**
     * No sessions yet.
     *
     * @param caps how many there may be
     */
    public LiveSessions(SessionCaps caps) {
        this.caps = caps;
    }

    /**
     * Makes sure that there is a place for a session; it is given back with the session, or by {@link #giveUp}.
     *
     * @return what to tell the client when there is none, otherwise empty
     */
    Optional<VetoReason> reserve(String connectionId, Optional<String> device) {
        return caps.enter(connectionId, device);
    }

    /** Gives back the place of a session that there will not be. */
    void giveUp(String connectionId) {
        caps.leave(connectionId);
    }

    void add(LiveSession session) {
        sessions.put(session.connectionId(), session);
    }

    void remove(LiveSession session) {
        sessions.remove(session.connectionId());
        caps.leave(session.connectionId());
    }

    @Override
    public void tell(Event event) {
        sessions.values().forEach(session -> session.tell(event));
    }

    @Override
    public boolean tellOne(String connectionId, String frame) {
        LiveSession session = sessions.get(connectionId);
        return session != null && session.tellAlone(frame);
    }

    @Override
    public Set<String> devices() {
        return sessions.values().stream()
                .flatMap(session -> session.deviceId().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public int count() {
        return sessions.size();
    }

    /**
     * Who is there now.
     *
     * @return the sessions whose clients were greeted, in no order
     */
    public List<SessionFacts> facts() {
        return sessions.values().stream()
                .flatMap(session -> session.facts().stream())
                .toList();
    }

    /**
     * Ends one session because an operator wants it so. Its client may come back as long as it may connect.
     *
     * @param connectionId names its connection
     * @return false when there is no such session
     */
    public boolean terminate(String connectionId) {
        LiveSession session = sessions.get(connectionId);
        if (session == null || session.facts().isEmpty()) {
            return false;
        }
        session.withdraw("session terminated");
        return true;
    }

    /** How many sessions there are of a role. */
    public long count(Role role) {
        return sessions.values().stream()
                .filter(session -> session.role() == role)
                .count();
    }

    /** Counts a client that did not read what it was sent. */
    void noteSlowConsumer() {
        slowConsumers.increment();
    }

    /** How many clients were closed so far because they did not read what they were sent. */
    public long slowConsumers() {
        return slowConsumers.sum();
    }

    /** Ends the sessions whose time is over, and sends every other client a sign of life, and what makes up for events that it missed. */
    public void tick(long nowMillis) {
        sessions.values().stream()
                .filter(session -> session.isOver(nowMillis))
                .forEach(session -> session.withdraw("device token expires"));
        tell(Event.tick(nowMillis));
        sessions.values().forEach(LiveSession::makeUpForMissedEvents);
    }

    /** Pings every client (wire reference 1.4). */
    public void ping() {
        sessions.values().forEach(LiveSession::ping);
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

    /** Ends every session of somebody who is shut out from now on. */
    public void banned(Target target) {
        sessions.values().stream()
                .filter(session -> session.isOf(target))
                .forEach(session -> session.withdraw("banned"));
    }

    /** Ends the sessions that came by a shared secret that is another one now. */
    void secretsAre(Fingerprints now, boolean forDevicesToo) {
        sessions.values().stream()
                .filter(session -> session.isGroundless(now, forDevicesToo))
                .forEach(session -> session.withdraw("gateway auth changed"));
    }

    /** The sessions that came with an origin which another chain examined than this, those asked about least first. */
    List<LiveSession> withPagesNotExaminedBy(ChainMark chain) {
        return sessions.values().stream()
                .filter(session ->
                        session.page().filter(page -> !page.isExaminedBy(chain)).isPresent())
                .sorted(Page.LEAST_TRIED_FIRST)
                .toList();
    }

    /** Tells every client that the gateway stops, so that it comes back. */
    public void restart() {
        sessions.values().forEach(LiveSession::restart);
    }
}
