package dev.gatehouse.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.gatehouse.admission.Decision;
import dev.gatehouse.admission.Failure;
import dev.gatehouse.admission.Fingerprints;
import dev.gatehouse.admission.Trace;
import dev.gatehouse.admission.UpgradeStage;
import dev.gatehouse.control.Caller;
import dev.gatehouse.device.Invitations;
import dev.gatehouse.limit.Guesses;
import dev.gatehouse.limit.UnadmittedSockets.Place;
import dev.gatehouse.protocol.ConnectFrame;
import dev.gatehouse.protocol.DeviceProofs;
import dev.gatehouse.protocol.FirstFrame;
import dev.gatehouse.protocol.Frames;
import dev.gatehouse.protocol.HandshakeRefusals;
import dev.gatehouse.protocol.Hello;
import dev.gatehouse.protocol.Malformed;
import dev.gatehouse.protocol.NodeDeclaration;
import dev.gatehouse.protocol.Preconditions;
import dev.gatehouse.protocol.Refusal;
import dev.gatehouse.refusal.Visitor;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.TemporarilyUnavailable;
import dev.gatehouse.spi.VetoReason;
import org.jspecify.annotations.Nullable;

/**
 * What is said on one connection: the challenge, the connect frame, the decision, and then the live session.
 *
 * <p>The client speaks once before it is admitted; frames that come while the decision is pending wait, a few of them.
 * Every refusal is an error frame and then the close (wire reference 1.7). Safe for concurrent use: the container
 * delivers frames on one thread, the decision comes on another, the time-out on a third.
 */
final class Conversation {

    private static final int EARLY_FRAMES_MAX = 15;
    private static final long FIRST_FRAME_MAX = 65_536;
    private static final Duration AFTER_REMOVAL = Duration.ofSeconds(5);

    private static final Trace NOBODY_ASKED = new Trace(List.of());

    private enum State {
        AWAITING_CONNECT,
        DECIDING,
        LIVE,
        OVER
    }

    private final Connection connection;
    private final UpgradeStage upgrade;
    private final Place place;
    private final Gatekeeper gatekeeper;
    private final Heard heard;
    private final String nonce = UUID.randomUUID().toString();

    /** Written before the decision is asked for, and read once it is there. */
    private volatile NodeDeclaration node = NodeDeclaration.NONE;

    /** What the client said about itself; written before the decision is asked for. */
    private volatile Optional<Visitor> visitor = Optional.empty();

    // guarded by this
    private State state = State.AWAITING_CONNECT;
    private final List<String> early = new ArrayList<>();
    private @Nullable Future<?> timeOut;
    private @Nullable LiveSession live;

    /**
     * A conversation that has not begun.
     *
     * @param place what the socket takes up until its client is admitted; the endpoint gives it back when the socket ends
     */
    Conversation(Connection connection, UpgradeStage upgrade, Place place, Gatekeeper gatekeeper) {
        this.connection = connection;
        this.upgrade = upgrade;
        this.place = place;
        this.gatekeeper = gatekeeper;
        this.heard = new Heard(gatekeeper.listener());
    }

    /** Speaks first, at once: a browser waits 750 ms for the challenge (wire reference 2.1). */
    synchronized void begin() {
        connection.send(Frames.challenge(nonce, gatekeeper.clock().millis()));
        timeOut = gatekeeper
                .timers()
                .schedule(
                        this::timedOut,
                        gatekeeper.door().get().handshakeTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** How many bytes the next message may have. */
    synchronized long messageMax() {
        return state == State.LIVE ? Hello.MAX_PAYLOAD : FIRST_FRAME_MAX;
    }

    /** Takes a whole message. */
    void receive(String text) {
        Optional<LiveSession> session = route(text);
        session.ifPresent(admitted -> admitted.receive(text));
    }

    /** Ends the conversation because a message exceeded {@link #messageMax}. */
    synchronized void tooLarge() {
        if (state == State.LIVE) {
            connection.close(HandshakeRefusals.payloadTooLarge().closeCode(), "");
            return;
        }
        turnAway(Frames.NO_ID, HandshakeRefusals.payloadTooLarge());
    }

    /** Forgets everything, because the socket is gone. */
    synchronized void gone() {
        connection.gone();
        if (state == State.AWAITING_CONNECT) {
            upgrade.veto() // it is kept, though nobody is there to be told
                    .map(this::vetoed)
                    .ifPresent(kept -> heard.turnedAway(upgrade.context(), kept.code()));
        }
        over();
        early.clear();
        if (live != null) {
            live.gone();
            leave(live);
        }
    }

    private synchronized Optional<LiveSession> route(String text) {
        switch (state) {
            case AWAITING_CONNECT -> connect(text);
            case DECIDING -> waitForDecision(text);
            case LIVE -> {
                return Optional.ofNullable(live);
            }
            case OVER -> {}
        }
        return Optional.empty();
    }

    private void connect(String text) {
        FirstFrame first = ConnectFrame.parse(text);
        if (first instanceof Malformed malformed) {
            turnAway(malformed.id(), malformed.refusal());
            return;
        }
        ConnectFrame frame = (ConnectFrame) first;
        visitor = Optional.of(Visitor.of(frame));
        Optional<Refusal> unmet = Preconditions.check(frame, upgrade.context().origin());
        if (unmet.isPresent()) {
            turnAway(frame.id(), unmet.get());
            return;
        }
        state = State.DECIDING;
        try {
            startDeciding(frame);
        } catch (RuntimeException e) {
            tell(frame.id(), broken("a connect frame could not be examined", e));
        }
    }

    private void startDeciding(ConnectFrame frame) {
        DeviceProof proof = DeviceProofs.verify(frame, nonce, gatekeeper.clock().millis());
        ConnectContext context = frame.toContext(upgrade.context(), proof);
        Fingerprints fingerprints = gatekeeper.secrets().seen();
        Optional<VetoReason> banned = banned(context);
        if (banned.isPresent()) {
            decided(frame.id(), context, fingerprints, new Decision.Refused(banned.get(), NOBODY_ASKED), null);
            return;
        }
        node = frame.node();
        Guesses.Entry entry = gatekeeper.guesses().begin(context);
        if (entry instanceof Guesses.Entry.Shut shut) {
            decided(frame.id(), context, fingerprints, new Decision.Refused(shut.reason(), NOBODY_ASKED), null);
        }
        if (entry instanceof Guesses.Entry.KnownOnly known) {
            gatekeeper.workers().execute(() -> askIfKnown(frame.id(), context, fingerprints, known));
        }
        if (entry instanceof Guesses.Entry.Open open) {
            askChain(frame.id(), context, fingerprints, open.ticket());
        }
    }

    /** Goes on with a client that comes in only if its device is known. */
    private void askIfKnown(
            String requestId, ConnectContext context, Fingerprints fingerprints, Guesses.Entry.KnownOnly entry) {
        try {
            if (gatekeeper.guesses().isKnown(entry)) {
                askChainUnlessGone(requestId, context, fingerprints);
                return;
            }
        } catch (RuntimeException e) {
            decided(requestId, context, fingerprints, null, e);
            return;
        }
        decided(requestId, context, fingerprints, new Decision.Refused(entry.otherwise(), NOBODY_ASKED), null);
    }

    private synchronized void askChainUnlessGone(String requestId, ConnectContext context, Fingerprints fingerprints) {
        if (state == State.DECIDING) {
            askChain(requestId, context, fingerprints, Guesses.Ticket.NONE);
        }
    }

    private void askChain(String requestId, ConnectContext context, Fingerprints fingerprints, Guesses.Ticket ticket) {
        CompletableFuture<Decision> decision;
        try {
            decision = upgrade.connect(context);
        } catch (RuntimeException e) {
            ticket.close();
            throw e;
        }
        var unused = decision.whenCompleteAsync(
                (made, thrown) -> {
                    try (ticket) {
                        decided(requestId, context, fingerprints, made, thrown);
                    }
                },
                gatekeeper.workers());
    }

    private Optional<VetoReason> banned(ConnectContext context) {
        return gatekeeper
                .bans()
                .against(context.upgrade().address(), context.device().map(DeviceProof.Verified::deviceId));
    }

    private void waitForDecision(String text) {
        if (early.size() == EARLY_FRAMES_MAX) {
            turnAway(Frames.NO_ID, HandshakeRefusals.tooManyFrames());
            return;
        }
        early.add(text);
    }

    /** Carries a decision out; whatever goes wrong on the way, the client is answered and not admitted. */
    private void decided(
            String requestId,
            ConnectContext context,
            Fingerprints fingerprints,
            @Nullable Decision decision,
            @Nullable Throwable thrown) {
        upgrade.close();
        if (decision == null) {
            Throwable why = Optional.ofNullable(thrown).orElseGet(IllegalStateException::new);
            Refusal refusal = broken("the chain gave no decision", why);
            heard.decided(context, failed(why, new Trace(List.of())));
            refuse(requestId, refusal);
            return;
        }
        try {
            carryOut(requestId, context, fingerprints, decision);
        } catch (RuntimeException e) {
            Refusal refusal = broken("a decision could not be carried out", e);
            heard.decided(context, failed(e, decision.trace()));
            refuse(requestId, refusal);
        }
    }

    private void carryOut(String requestId, ConnectContext context, Fingerprints fingerprints, Decision decision) {
        if (decision instanceof Decision.Admitted admitted) {
            gatekeeper.log().admitted(context, admitted);
            admit(requestId, context, fingerprints, admitted);
        }
        if (decision instanceof Decision.Refused refused) {
            Decision.Refused told = withLimit(context, refused);
            heard.decided(context, told);
            refuse(requestId, gatekeeper.refuser().refused(context, told));
        }
        if (decision instanceof Decision.Failed failed) {
            heard.decided(context, failed);
            refuse(requestId, gatekeeper.refuser().failed(context, failed));
        }
    }

    /** The same refusal, or when to come back, if the client showed too many wrong secrets; may block. */
    private Decision.Refused withLimit(ConnectContext context, Decision.Refused refused) {
        List<String> objections = refused.trace().entries().stream()
                .flatMap(entry -> entry.code().stream())
                .toList();
        return new Decision.Refused(
                gatekeeper.guesses().refused(context, refused.reason(), objections), refused.trace());
    }

    private void admit(
            String requestId, ConnectContext context, Fingerprints fingerprints, Decision.Admitted admitted) {
        Optional<VetoReason> full = gatekeeper
                .sessions()
                .reserve(context.upgrade().connectionId(), context.device().map(DeviceProof.Verified::deviceId));
        if (full.isPresent()) {
            refuseAdmitted(requestId, context, admitted, full.get());
            return;
        }
        Optional<List<Role>> invitedFor = redeem(context, admitted.identity());
        if (invitedFor.isEmpty()) {
            refuseAdmitted(requestId, context, admitted, Invitations.unusable());
            return;
        }
        LiveSession session = register(context);
        Optional<VetoReason> banned = banned(context); // since it was decided; from now on a ban finds the session
        if (banned.isPresent()) {
            leave(session);
            refuseAdmitted(requestId, context, admitted, banned.get());
            return;
        }
        Grounds.of(admitted, fingerprints, context.device().isPresent()).ifPresent(session::restOn);
        try {
            Optional<Scopes> scopes = gatekeeper.greeter().scopesNow(upgrade, context, admitted);
            if (scopes.isEmpty()) {
                leave(session);
                refuseAdmitted(requestId, context, admitted, removedMeanwhile());
                return;
            }
            Caller caller = Caller.of(context, admitted.identity(), scopes.get());
            session.describe(SessionFacts.of(context, caller, gatekeeper.clock().instant()));
            gatekeeper.presence().join(caller, context);
            gatekeeper.nodes().join(caller, context, node);
            Hello hello = gatekeeper.greeter().hello(upgrade, context, admitted.identity(), caller, invitedFor.get());
            gatekeeper.greeter().end(context, admitted.identity(), hello).ifPresent(session::endAt);
            heard.decided(context, admitted);
            welcome(requestId, hello, caller, session);
        } catch (RuntimeException e) {
            leave(session);
            throw e;
        }
    }

    /** Only once there is a place for the session, so that an invitation is not spent for nothing. */
    private Optional<List<Role>> redeem(ConnectContext context, Identity identity) {
        boolean isRedeemed = false;
        try {
            Optional<List<Role>> invitedFor = gatekeeper.greeter().redeem(context, identity);
            isRedeemed = invitedFor.isPresent();
            return invitedFor;
        } finally {
            if (!isRedeemed) {
                gatekeeper.sessions().giveUp(context.upgrade().connectionId());
            }
        }
    }

    private void leave(LiveSession session) {
        gatekeeper.sessions().remove(session);
        gatekeeper.presence().leave(session.connectionId());
        gatekeeper.nodes().leave(session.connectionId());
    }

    /** The chain admitted the client, but what it was admitted by is gone. */
    private void refuseAdmitted(
            String requestId, ConnectContext context, Decision.Admitted admitted, VetoReason reason) {
        heard.decided(context, new Decision.Refused(reason, admitted.trace()));
        refuse(requestId, gatekeeper.refuser().afterwards(context, admitted, reason));
    }

    /** Logs and keeps what went wrong, and says what to answer. */
    private Refusal broken(String what, Throwable thrown) {
        return gatekeeper.refuser().broken(upgrade.context(), visitor, what, thrown);
    }

    private static Decision.Failed failed(Throwable thrown, Trace trace) {
        Failure.Kind kind = thrown instanceof TemporarilyUnavailable ? Failure.Kind.UNAVAILABLE : Failure.Kind.THREW;
        return new Decision.Failed(new Failure("gateway", kind, "could not carry a decision out", null), trace);
    }

    private LiveSession register(ConnectContext context) {
        LiveSession session = new LiveSession(
                context.upgrade().connectionId(),
                connection,
                context.device().map(DeviceProof.Verified::deviceId),
                context.upgrade().address(),
                context.role(),
                gatekeeper.workers(),
                gatekeeper.control()::answer);
        Page.of(context, upgrade.mark()).ifPresent(session::cameFrom);
        gatekeeper.sessions().add(session);
        return session;
    }

    /** Says hello, unless the client left while it was being admitted, and answers what it sent meanwhile. */
    private synchronized void welcome(String requestId, Hello hello, Caller caller, LiveSession session) {
        if (state != State.DECIDING) {
            leave(session);
            return;
        }
        over();
        place.leave();
        state = State.LIVE;
        live = session;
        connection.send(Frames.ok(requestId, hello.payload()));
        session.greeted(caller);
        gatekeeper.presence().arrived(session.connectionId());
        early.forEach(session::receive);
        early.clear();
    }

    /** Refuses a client about which nothing could be decided. */
    private synchronized void turnAway(String requestId, Refusal refusal) {
        if (state != State.OVER) {
            tell(requestId, gatekeeper.refuser().before(upgrade.context(), visitor, refusal));
        }
    }

    /** Tells a client what was kept already about why nothing could be decided. */
    private synchronized void tell(String requestId, Refusal kept) {
        if (state != State.OVER) {
            heard.turnedAway(upgrade.context(), kept.code());
            refuse(requestId, kept);
        }
    }

    /** Sends the error frame and the close, in this order; nothing that comes after is taken. */
    private synchronized void refuse(String requestId, Refusal refusal) {
        if (state == State.OVER) {
            return;
        }
        over();
        connection.send(Frames.error(requestId, refusal.error()));
        connection.close(refusal.closeCode(), refusal.closeReason());
    }

    /** The client said nothing in time; if a check vetoed at upgrade, it is told that instead. */
    private synchronized void timedOut() {
        if (state == State.AWAITING_CONNECT) {
            Optional<Refusal> vetoed = upgrade.veto().map(this::vetoed);
            if (vetoed.isPresent()) {
                tell(Frames.NO_ID, vetoed.get());
            } else {
                turnAway(Frames.NO_ID, HandshakeRefusals.handshakeTimeout());
            }
        }
    }

    private Refusal vetoed(VetoReason veto) {
        return gatekeeper.refuser().atUpgrade(upgrade.context(), veto, upgrade.trace());
    }

    private synchronized void over() {
        state = State.OVER;
        upgrade.close();
        if (timeOut != null) {
            timeOut.cancel(false);
            timeOut = null;
        }
    }

    private static VetoReason removedMeanwhile() {
        return VetoReason.of(
                        "PAIRING_REQUIRED",
                        VetoReason.Effect.AWAIT_APPROVAL,
                        "pairing required: device was removed while it connected")
                .withDetail("reason", "not-paired")
                .withRetry(VetoReason.Retry.afterApproval(AFTER_REMOVAL));
    }
}
