package dev.gatehouse.session;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;

import dev.gatehouse.admission.Fingerprints;
import dev.gatehouse.ban.Target;
import dev.gatehouse.control.Answer;
import dev.gatehouse.control.Call;
import dev.gatehouse.control.Caller;
import dev.gatehouse.control.Event;
import dev.gatehouse.protocol.LaterFrame;
import dev.gatehouse.protocol.RequestFrame;
import dev.gatehouse.spi.Role;

/** An admitted open socket: who it is, what it may do, and how it is spoken to. Safe for concurrent use. */
final class LiveSession {

    private static final int RESTART = 1012;
    private static final int AUTHORITY_WITHDRAWN = 4001;
    private static final int POLICY_VIOLATION = 1008;

    /** So many characters of calls wait at most, and of a node's, some of which bring results. */
    private static final long WAITING_MAX = 256 * 1024;

    private static final long NODE_WAITING_MAX = 2 * RequestFrame.NODE_READ_MAX;

    private final String connectionId;
    private final Connection connection;
    private final Optional<String> deviceId;
    private final InetAddress address;
    private final Role role;
    private final Calls calls;
    private final AtomicBoolean hasMissedEvents = new AtomicBoolean();

    private volatile Optional<Grounds> grounds = Optional.empty();
    private volatile Optional<Page> page = Optional.empty();
    private volatile Optional<SessionFacts> facts = Optional.empty();

    /** Epoch milliseconds. */
    private volatile long endsAt = Long.MAX_VALUE;

    /** Empty until the client was greeted: events before the hello would confuse it. */
    private volatile Optional<Caller> caller = Optional.empty();

    /**
     * A session whose client was not greeted yet.
     *
     * @param address where its client comes from
     * @param workers where its calls are carried out
     * @param control answers its calls
     */
    LiveSession(
            String connectionId,
            Connection connection,
            Optional<String> deviceId,
            InetAddress address,
            Role role,
            Executor workers,
            BiFunction<Caller, Call, Answer> control) {
        this.connectionId = connectionId;
        this.connection = connection;
        this.deviceId = deviceId;
        this.address = address;
        this.role = role;
        this.calls = new Calls(connection, workers, control, isNode() ? NODE_WAITING_MAX : WAITING_MAX);
    }

    Role role() {
        return role;
    }

    String connectionId() {
        return connectionId;
    }

    /** From now on the client knows that it is admitted, and as what. */
    void greeted(Caller admitted) {
        caller = Optional.of(admitted);
    }

    /** Notes who it is, for operators. */
    void describe(SessionFacts whoItIs) {
        facts = Optional.of(whoItIs);
    }

    /** Who it is; empty until its client was greeted, and once it is over. */
    Optional<SessionFacts> facts() {
        return facts.filter(known -> caller.isPresent() && !calls.hasEnded());
    }

    /** Notes from what page its client came. */
    void cameFrom(Page itsPage) {
        page = Optional.of(itsPage);
    }

    /** The page that its client runs on; empty for a client that came without an origin. */
    Optional<Page> page() {
        return page;
    }

    /** Notes on what shared secret the admission rests. */
    void restOn(Grounds admittedOn) {
        grounds = Optional.of(admittedOn);
    }

    boolean isGroundless(Fingerprints now, boolean forDevicesToo) {
        return grounds.filter(admittedOn -> admittedOn.areGone(now, forDevicesToo))
                .isPresent();
    }

    /** The session ends by itself then, a little late. */
    void endAt(Instant time) {
        endsAt = time.toEpochMilli();
    }

    boolean isOver(long nowMillis) {
        return endsAt <= nowMillis;
    }

    boolean isOf(String device) {
        return deviceId.filter(device::equals).isPresent();
    }

    boolean isOf(String device, Role withRole) {
        return role == withRole && isOf(device);
    }

    boolean isOf(Target banned) {
        return banned.covers(address, deviceId);
    }

    Optional<String> deviceId() {
        return deviceId;
    }

    /** Takes a frame of the client (wire reference 1.6); what is not JSON is ignored. */
    void receive(String text) {
        LaterFrame frame = RequestFrame.parse(text, isNode() ? RequestFrame.NODE_READ_MAX : RequestFrame.READ_MAX);
        if (frame instanceof RequestFrame request) {
            caller.ifPresent(admitted -> calls.add(admitted, request, text.length()));
        }
        if (frame instanceof LaterFrame.Invalid invalid) {
            calls.add(invalid);
        }
    }

    /** Tells the client something, if it may hear it; one that is behind with reading may miss it. */
    void tell(Event event) {
        if (mayHear(event) && !connection.sendEvent(event.frame(), event.isDroppable())) {
            hasMissedEvents.set(true);
        }
    }

    /**
     * Tells this client alone something, which has no number (wire reference 1.3).
     *
     * @return false when the session has ended, or its client was not greeted yet
     */
    boolean tellAlone(String frame) {
        if (calls.hasEnded() || caller.isEmpty()) {
            return false;
        }
        connection.send(frame);
        return true;
    }

    /** Lets a client that missed something look again, as soon as it has caught up. */
    void makeUpForMissedEvents() {
        if (hasMissedEvents.getAndSet(false)) {
            tell(Event.devicesChanged());
        }
    }

    /** Asks the client's side for a sign of life, so that what lies between keeps an idle connection. */
    void ping() {
        if (caller.isPresent() && !calls.hasEnded()) {
            connection.ping();
        }
    }

    /** Ends the session because what it was admitted for is no more. */
    void withdraw(String reason) {
        calls.end(() -> connection.close(AUTHORITY_WITHDRAWN, reason));
    }

    /** Ends the session because its page may not connect any more. */
    void pageNotAllowed(String reason) {
        calls.end(() -> connection.close(POLICY_VIOLATION, reason));
    }

    /** Carries out nothing any more that the client asked for, because its socket is gone. */
    void gone() {
        calls.end(() -> {});
    }

    /** Ends the session because the gateway stops. */
    void restart() {
        tell(Event.shutdown());
        calls.end(() -> connection.close(RESTART, "service restart"));
    }

    private boolean isNode() {
        return role == Role.NODE;
    }

    private boolean mayHear(Event event) {
        return !calls.hasEnded() && caller.filter(event::isFor).isPresent();
    }
}
