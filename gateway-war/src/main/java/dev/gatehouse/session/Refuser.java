package dev.gatehouse.session;

import java.util.Optional;

import dev.gatehouse.admission.Decision;
import dev.gatehouse.admission.RecentRefusals;
import dev.gatehouse.admission.Trace;
import dev.gatehouse.protocol.HandshakeRefusals;
import dev.gatehouse.protocol.Refusal;
import dev.gatehouse.refusal.Occurrence;
import dev.gatehouse.refusal.Refusals;
import dev.gatehouse.refusal.Visitor;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.TemporarilyUnavailable;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.VetoReason;

/**
 * Keeps, logs and words each refusal, all three under the same id. Safe for concurrent use; does not block.
 */
public final class Refuser {

    private final Refusals refusals;
    private final RecentRefusals explainable;
    private final DecisionLog log;

    /**
     * A refuser.
     *
     * @param refusals what is kept for people, without secrets
     * @param explainable what the chain can be asked about again, with secrets, in memory only
     * @param log where each is written
     */
    public Refuser(Refusals refusals, RecentRefusals explainable, DecisionLog log) {
        this.refusals = refusals;
        this.explainable = explainable;
        this.log = log;
    }

    /** What to tell a client that the chain refused. */
    Refusal refused(ConnectContext context, Decision.Refused refused) {
        Occurrence occurrence = Occurrence.refused(context, refused);
        String id = refusals.keep(occurrence);
        log.refused(id, context, refused);
        explainable.add(id, context, refused);
        return occurrence.telling().apply(id);
    }

    /** What to tell a client that the chain could not decide about. */
    Refusal failed(ConnectContext context, Decision.Failed failed) {
        Occurrence occurrence = Occurrence.failed(context, failed);
        String id = refusals.keep(occurrence);
        log.failed(id, context, failed);
        explainable.add(id, context, failed);
        return occurrence.telling().apply(id);
    }

    /** What to tell a client that lost its ground between decision and hello. */
    Refusal afterwards(ConnectContext context, Decision.Admitted admitted, VetoReason reason) {
        return refused(context, new Decision.Refused(reason, admitted.trace()));
    }

    /** What to tell a client that the chain was not asked about. */
    Refusal before(UpgradeContext upgrade, Optional<Visitor> visitor, Refusal refusal) {
        return turnAway(Occurrence.before(upgrade, visitor, refusal));
    }

    /** What to tell a client that a check vetoed at upgrade and that never said who it is. */
    Refusal atUpgrade(UpgradeContext upgrade, VetoReason veto, Trace trace) {
        return turnAway(Occurrence.atUpgrade(upgrade, veto, trace));
    }

    /** What is said of an upgrade that is refused over HTTP. */
    Refusal unattributed(UpgradeContext upgrade, String reason, String fix) {
        return turnAway(Occurrence.unattributed(upgrade, reason, fix));
    }

    /** What is said of an upgrade that is refused over HTTP because too many wait. */
    Refusal crowded(UpgradeContext upgrade) {
        return turnAway(Occurrence.before(upgrade, Optional.empty(), HandshakeRefusals.tooManySockets()));
    }

    /** What to tell a client when the gateway itself broke. */
    Refusal broken(UpgradeContext upgrade, Optional<Visitor> visitor, String what, Throwable thrown) {
        Occurrence occurrence = Occurrence.broken(upgrade, visitor, thrown instanceof TemporarilyUnavailable);
        String id = refusals.keep(occurrence);
        log.broken(id, what, thrown);
        return occurrence.telling().apply(id);
    }

    private Refusal turnAway(Occurrence occurrence) {
        String id = refusals.keep(occurrence);
        log.turnedAway(id, occurrence);
        return occurrence.telling().apply(id);
    }
}
