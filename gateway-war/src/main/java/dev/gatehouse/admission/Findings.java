package dev.gatehouse.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.VetoReason;

/**
 * What the checks asked so far have said about one connection. Immutable.
 *
 * @param replies what came of asking each check, in the order of asking
 */
record Findings(List<Reply> replies) {

    static final Findings NONE = new Findings(List.of());

    private static final VetoReason NOBODY_IDENTIFIED = VetoReason.of(
            "NOT_IDENTIFIED", VetoReason.Effect.IDENTIFY, "unauthorized: no admission check identified the client");

    Findings {
        replies = List.copyOf(replies);
    }

    Findings plus(List<Reply> more) {
        if (replies.isEmpty()) {
            return new Findings(more);
        }
        List<Reply> all = new ArrayList<>(replies.size() + more.size());
        all.addAll(replies);
        all.addAll(more);
        return new Findings(all);
    }

    /** Whether no further check needs to be asked. */
    boolean isFinal() {
        return last().map(Reply::isFinal).orElse(false);
    }

    /** The veto that ended the asking. */
    Optional<VetoReason> veto() {
        return isFinal() ? last().flatMap(Reply::reason) : Optional.empty();
    }

    /** The failure that ended the asking. */
    Optional<Failure> failure() {
        return last().flatMap(Reply::failed);
    }

    /** The first identification. */
    Optional<Identity> identity() {
        for (Reply reply : replies) {
            Optional<Identity> identity = reply.identity();
            if (identity.isPresent()) {
                return identity;
            }
        }
        return Optional.empty();
    }

    /** The first identification by one of these checks. */
    Optional<Identity> identityBy(Set<String> checks) {
        return replies.stream()
                .filter(reply -> checks.contains(reply.check()))
                .flatMap(reply -> reply.identity().stream())
                .findFirst();
    }

    /**
     * The outcome, once every check was asked or one ended the asking.
     *
     * <p>The refusal told is the first objection in chain order; an absent credential is one when nobody identified the
     * client.
     */
    Decision decide(ConnectContext context) {
        Trace trace = Trace.of(replies);
        Optional<Failure> failure = failure();
        if (failure.isPresent()) {
            return new Decision.Failed(failure.get(), trace);
        }
        Optional<Identity> identity = identity();
        Optional<VetoReason> veto = veto();
        if (veto.isPresent()) {
            VetoReason told = identity.isEmpty() ? firstAbsent().orElse(veto.get()) : veto.get();
            return new Decision.Refused(told, trace);
        }
        if (context.deviceProof() instanceof DeviceProof.Faulty faulty) {
            return new Decision.Refused(faulty.reason(), trace);
        }
        if (identity.isEmpty()) {
            return new Decision.Refused(firstAbsent().orElse(NOBODY_IDENTIFIED), trace);
        }
        return new Decision.Admitted(identity.get(), cut(context.requestedScopes()), trace);
    }

    private Optional<Reply> last() {
        return replies.isEmpty() ? Optional.empty() : Optional.of(replies.get(replies.size() - 1));
    }

    private Optional<VetoReason> firstAbsent() {
        return replies.stream()
                .filter(reply -> reply.answer() == Trace.Answer.ABSENT)
                .flatMap(reply -> reply.reason().stream())
                .findFirst();
    }

    /** What every proposal and every limit leaves of the requested scopes. */
    private Scopes cut(Scopes requested) {
        Scopes effective = requested;
        for (Reply reply : replies) {
            effective = reply.ceiling().map(effective::cutTo).orElse(effective);
        }
        return effective;
    }
}
