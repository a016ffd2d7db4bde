package dev.gatehouse.refusal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import dev.gatehouse.admission.Decision;
import dev.gatehouse.admission.Trace;
import dev.gatehouse.protocol.HandshakeRefusals;
import dev.gatehouse.protocol.Refusal;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.VetoReason;

/**
 * One connection that is not admitted, at the moment at which that is known. Refers to the secrets of the connection, and
 * is not kept.
 *
 * @param outcome whether policy said no, or nobody could decide
 * @param code the code of the reason, also where the client is told a stock code instead
 * @param message what people read
 * @param details facts about the refusal that the client is told
 * @param advice what the check that objected would do about it, best first
 * @param check the check that objected, if it was one
 * @param trace what the checks said, as far as they were asked
 * @param upgrade the facts of the upgrade
 * @param visitor what the client said about itself, if it came to that
 * @param telling what the client is told, given the id of the refusal
 */
public record Occurrence(
        Account.Outcome outcome,
        String code,
        String message,
        Map<String, Object> details,
        List<String> advice,
        Optional<String> check,
        Trace trace,
        UpgradeContext upgrade,
        Optional<Visitor> visitor,
        Function<String, Refusal> telling) {

    private static final Trace NOBODY_ASKED = new Trace(List.of());

    /** The chain refused. */
    public static Occurrence refused(ConnectContext context, Decision.Refused refused) {
        return vetoed(refused.reason(), refused.trace(), context.upgrade(), Optional.of(Visitor.of(context)));
    }

    /** A check vetoed at upgrade, and the client never sent its connect frame. */
    public static Occurrence atUpgrade(UpgradeContext upgrade, VetoReason reason, Trace trace) {
        return vetoed(reason, trace, upgrade, Optional.empty());
    }

    private static Occurrence vetoed(
            VetoReason reason, Trace trace, UpgradeContext upgrade, Optional<Visitor> visitor) {
        return new Occurrence(
                Account.Outcome.REFUSED,
                reason.code(),
                reason.message(),
                reason.details(),
                reason.fixes(),
                objector(trace, reason.code()),
                trace,
                upgrade,
                visitor,
                id -> Refusal.of(reason).withRefusalId(id));
    }

    /** The chain could not decide. */
    public static Occurrence failed(ConnectContext context, Decision.Failed failed) {
        boolean passes = failed.failure().kind().passesByItself();
        return undecided(
                Optional.of(failed.failure().check()),
                failed.trace(),
                context.upgrade(),
                Optional.of(Visitor.of(context)),
                passes);
    }

    /** The gateway itself broke. */
    public static Occurrence broken(UpgradeContext upgrade, Optional<Visitor> visitor, boolean passesByItself) {
        return undecided(Optional.empty(), NOBODY_ASKED, upgrade, visitor, passesByItself);
    }

    private static Occurrence undecided(
            Optional<String> check,
            Trace trace,
            UpgradeContext upgrade,
            Optional<Visitor> visitor,
            boolean passesByItself) {
        return new Occurrence(
                Account.Outcome.FAILED,
                RefusalKind.UNDECIDED.code(),
                RefusalKind.UNDECIDED.said(),
                Map.of(),
                List.of(),
                check,
                trace,
                upgrade,
                visitor,
                id -> Refusal.unavailable(id, passesByItself).withRefusalId(id));
    }

    /** The gateway refused before it asked the chain. */
    public static Occurrence before(UpgradeContext upgrade, Optional<Visitor> visitor, Refusal refusal) {
        Map<String, Object> details = refusal.error().details();
        return new Occurrence(
                Account.Outcome.REFUSED,
                String.valueOf(details.getOrDefault("code", refusal.error().code())),
                refusal.error().message(),
                details,
                List.of(),
                Optional.empty(),
                NOBODY_ASKED,
                upgrade,
                visitor,
                refusal::withRefusalId);
    }

    /** Nobody can tell who an upgrade comes from; it is refused over HTTP. */
    public static Occurrence unattributed(UpgradeContext upgrade, String reason, String fix) {
        Refusal refusal = HandshakeRefusals.unattributed(reason);
        return new Occurrence(
                Account.Outcome.REFUSED,
                refusal.code(),
                refusal.error().message(),
                refusal.error().details(),
                List.of(fix),
                Optional.empty(),
                NOBODY_ASKED,
                upgrade,
                Optional.empty(),
                refusal::withRefusalId);
    }

    RefusalKind kind() {
        return RefusalKind.of(code, message, text("reason"));
    }

    Optional<String> text(String detail) {
        return Optional.ofNullable(details.get(detail)).map(Object::toString);
    }

    private static Optional<String> objector(Trace trace, String code) {
        return trace.entries().stream()
                .filter(entry -> entry.code().equals(Optional.of(code)))
                .map(Trace.Entry::check)
                .findFirst();
    }
}
