package dev.gatehouse.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.gatehouse.admission.Decision;
import dev.gatehouse.admission.Fingerprints;
import dev.gatehouse.admission.UpgradeStage;
import dev.gatehouse.control.Caller;
import dev.gatehouse.device.Invitations;
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
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.DeviceProof;
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

    private enum State {
        AWAITING_CONNECT,
        DECIDING,
        LIVE,
        OVER
    }

    private final Connection connection;
    private final UpgradeStage upgrade;
    private final Gatekeeper gatekeeper;
    private final String nonce = UUID.randomUUID().toString();

    /** Written before the decision is asked for, and read once it is there. */
    private volatile NodeDeclaration node = NodeDeclaration.NONE;

    // guarded by this
    private State state = State.AWAITING_CONNECT;
    private final List<String> early = new ArrayList<>();
    private @Nullable Future<?> timeOut;
    private @Nullable LiveSession live;

    Conversation(Connection connection, UpgradeStage upgrade, Gatekeeper gatekeeper) {
        this.connection = connection;
        this.upgrade = upgrade;
        this.gatekeeper = gatekeeper;
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
        refuse(Frames.NO_ID, HandshakeRefusals.payloadTooLarge());
    }

    /** Forgets everything, because the socket is gone. */
    synchronized void gone() {
        connection.gone();
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
            refuse(malformed.id(), malformed.refusal());
            return;
        }
        ConnectFrame frame = (ConnectFrame) first;
        Optional<Refusal> unmet = Preconditions.check(frame, upgrade.context().origin());
        if (unmet.isPresent()) {
            refuse(frame.id(), unmet.get());
            return;
        }
        state = State.DECIDING;
        try {
            startDeciding(frame);
        } catch (RuntimeException e) {
            broken(frame.id(), "a connect frame could not be examined", e);
        }
    }

    private void startDeciding(ConnectFrame frame) {
        DeviceProof proof = DeviceProofs.verify(frame, nonce, gatekeeper.clock().millis());
        ConnectContext context = frame.toContext(upgrade.context(), proof);
        Fingerprints fingerprints = gatekeeper.secrets().seen();
        node = frame.node();
        var unused = upgrade.connect(context)
                .whenCompleteAsync(
                        (decision, thrown) -> decided(frame.id(), context, fingerprints, decision, thrown),
                        gatekeeper.workers());
    }

    private void waitForDecision(String text) {
        if (early.size() == EARLY_FRAMES_MAX) {
            refuse(Frames.NO_ID, HandshakeRefusals.tooManyFrames());
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
            broken(requestId, "the chain gave no decision", why);
            return;
        }
        try {
            carryOut(requestId, context, fingerprints, decision);
        } catch (RuntimeException e) {
            broken(requestId, "a decision could not be carried out", e);
        }
    }

    private void carryOut(String requestId, ConnectContext context, Fingerprints fingerprints, Decision decision) {
        DecisionLog log = gatekeeper.log();
        if (decision instanceof Decision.Admitted admitted) {
            log.admitted(context, admitted);
            admit(requestId, context, fingerprints, admitted);
        }
        if (decision instanceof Decision.Refused refused) {
            String id = log.newId();
            log.refused(id, context, refused);
            gatekeeper.refusals().add(id, context, refused);
            refuse(requestId, Refusal.of(refused.reason()).withRefusalId(id));
        }
        if (decision instanceof Decision.Failed failed) {
            String id = log.newId();
            log.failed(id, context, failed);
            gatekeeper.refusals().add(id, context, failed);
            refuse(requestId, Refusal.unavailable(id, failed.failure().kind().passesByItself()));
        }
    }

    private void admit(
            String requestId, ConnectContext context, Fingerprints fingerprints, Decision.Admitted admitted) {
        Optional<List<Role>> invitedFor = gatekeeper.greeter().redeem(context, admitted.identity());
        if (invitedFor.isEmpty()) {
            refuse(requestId, Refusal.of(Invitations.unusable()));
            return;
        }
        LiveSession session = register(context);
        Grounds.of(admitted, fingerprints, context.device().isPresent()).ifPresent(session::restOn);
        try {
            Optional<Scopes> scopes = gatekeeper.greeter().scopesNow(upgrade, context, admitted);
            if (scopes.isEmpty()) {
                leave(session);
                refuse(requestId, Refusal.of(removedMeanwhile()));
                return;
            }
            Caller caller = Caller.of(context, admitted.identity(), scopes.get());
            session.describe(SessionFacts.of(context, caller, gatekeeper.clock().instant()));
            gatekeeper.presence().join(caller, context);
            gatekeeper.nodes().join(caller, context, node);
            Hello hello = gatekeeper.greeter().hello(upgrade, context, admitted.identity(), caller, invitedFor.get());
            gatekeeper.greeter().end(context, admitted.identity(), hello).ifPresent(session::endAt);
            welcome(requestId, hello, caller, session);
        } catch (RuntimeException e) {
            leave(session);
            throw e;
        }
    }

    private void leave(LiveSession session) {
        gatekeeper.sessions().remove(session);
        gatekeeper.presence().leave(session.connectionId());
        gatekeeper.nodes().leave(session.connectionId());
    }

    private void broken(String requestId, String what, Throwable thrown) {
        String id = gatekeeper.log().newId();
        gatekeeper.log().broken(id, what, thrown);
        refuse(requestId, Refusal.unavailable(id, thrown instanceof TemporarilyUnavailable));
    }

    private LiveSession register(ConnectContext context) {
        LiveSession session = new LiveSession(
                context.upgrade().connectionId(),
                connection,
                context.device().map(DeviceProof.Verified::deviceId),
                context.role(),
                gatekeeper.workers(),
                gatekeeper.control()::answer);
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
        state = State.LIVE;
        live = session;
        connection.send(Frames.ok(requestId, hello.payload()));
        session.greeted(caller);
        gatekeeper.presence().arrived(session.connectionId());
        early.forEach(session::receive);
        early.clear();
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
            refuse(Frames.NO_ID, upgrade.veto().map(Refusal::of).orElseGet(HandshakeRefusals::handshakeTimeout));
        }
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
