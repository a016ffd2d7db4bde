package dev.gatehouse.session;

import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

import dev.gatehouse.admission.AdmissionListener;
import dev.gatehouse.ban.Bans;
import dev.gatehouse.control.ControlPlane;
import dev.gatehouse.control.LiveNodes;
import dev.gatehouse.control.Presence;
import dev.gatehouse.limit.Guesses;
import dev.gatehouse.protocol.Refusal;
import dev.gatehouse.spi.UpgradeContext;

/**
 * What every conversation shares.
 *
 * @param door the limits of connections that are not admitted yet; asked for each connection, for they may change
 * @param bans who is shut out, whatever the chain says
 * @param guesses who must wait because of wrong secrets
 * @param greeter what admitted clients are told
 * @param sessions where admitted clients are registered
 * @param secrets ends sessions whose shared secret was changed
 * @param presence where admitted clients are listed for each other
 * @param nodes where admitted nodes are registered, with what they may be used for
 * @param control answers the calls of admitted clients
 * @param log where decisions are written
 * @param refuser keeps and words what clients are told that are not admitted
 * @param listener hears how the admission of each connection ends
 * @param timers for time-outs; its tasks do not block
 * @param workers carries decisions and calls out, which may block on the database; never the threads of the container or the chain
 * @param clock the gateway's clock
 */
public record Gatekeeper(
        Supplier<DoorSettings> door,
        Bans bans,
        Guesses guesses,
        Greeter greeter,
        LiveSessions sessions,
        SecretWatch secrets,
        Presence presence,
        LiveNodes nodes,
        ControlPlane control,
        DecisionLog log,
        Refuser refuser,
        AdmissionListener listener,
        ScheduledExecutorService timers,
        Executor workers,
        Clock clock) {

    /**
     * Keeps an upgrade that is refused over HTTP, because nobody can tell who it comes from.
     *
     * @param upgrade what was seen
     * @param reason why
     * @param fix what the operator has to change
     * @return the id of the refusal
     */
    public String unattributed(UpgradeContext upgrade, String reason, String fix) {
        Refusal kept = refuser.unattributed(upgrade, reason, fix);
        new Heard(listener).turnedAway(upgrade, kept.code());
        return String.valueOf(kept.error().details().get("refusalId"));
    }

    /**
     * Keeps an upgrade that is refused over HTTP, because too many sockets of its address, or of all, are not admitted yet.
     *
     * @param upgrade what was seen
     */
    public void crowded(UpgradeContext upgrade) {
        new Heard(listener).turnedAway(upgrade, refuser.crowded(upgrade).code());
    }
}
