package dev.gatehouse.control;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.gatehouse.device.DeviceEvent;
import dev.gatehouse.device.PairingRequest;
import dev.gatehouse.device.UnknownPairingRequest;
import dev.gatehouse.spi.TemporarilyUnavailable;

/**
 * Tells operators what changed about devices, in the order in which it changed (wire reference 7.10).
 *
 * <p>Every change is told: one that stock clients have no event for as {@code device.pair.changed}, upon which they look
 * again. A request that is widened keeps its id and is told again. Safe for concurrent use; does not block the thread
 * that made the change.
 */
public final class DeviceAnnouncer implements Consumer<DeviceEvent> {

    private static final int WAITING_MAX = 1000;
    private static final System.Logger LOG = System.getLogger(DeviceAnnouncer.class.getName());

    private final Audience audience;
    private final Function<String, PairingRequest> requests;
    private final Turns turns;
    private final Clock clock;

    /**
     * An announcer that has nothing to tell yet.
     *
     * @param audience who is told
     * @param requests finds a pairing request by its id; may block
     * @param threads where the requests are looked up
     */
    public DeviceAnnouncer(
            Audience audience, Function<String, PairingRequest> requests, Executor threads, Clock clock) {
        this.audience = audience;
        this.requests = requests;
        this.turns = new Turns(threads, WAITING_MAX, WAITING_MAX);
        this.clock = clock;
    }

    @Override
    public void accept(DeviceEvent event) {
        if (event instanceof DeviceEvent.AboutSurface) {
            return; // the node announcer tells it
        }
        if (!turns.offer(1, () -> tell(event))) {
            LOG.log(Level.WARNING, "operators are not told of " + event + ": too much is to be told at once");
        }
    }

    private void tell(DeviceEvent event) {
        if (event instanceof DeviceEvent.PairingRequested requested) {
            tellPending(requested.requestId());
        } else if (event instanceof DeviceEvent.PairingWidened widened) {
            tellPending(widened.requestId());
        } else if (event instanceof DeviceEvent.PairingApproved approved) {
            tellResolved(approved.requestId(), approved.deviceId(), PairingRequest.State.APPROVED);
        } else if (event instanceof DeviceEvent.PairingRejected rejected) {
            tellResolved(rejected.requestId(), rejected.deviceId(), PairingRequest.State.REJECTED);
        } else if (event instanceof DeviceEvent.InvitationRedeemed redeemed) {
            audience.tell(Event.setupCompleted(DeviceJson.completion(redeemed)));
        } else {
            audience.tell(Event.devicesChanged());
        }
    }

    private void tellPending(String requestId) {
        try {
            PairingRequest request = requests.apply(requestId);
            if (request.state() == PairingRequest.State.PENDING) { // else its end is told next
                audience.tell(Event.pairingRequested(DeviceJson.pending(request)));
            }
        } catch (UnknownPairingRequest e) {
            LOG.log(Level.DEBUG, "pairing request {0} ended before it was told", requestId);
        } catch (TemporarilyUnavailable e) {
            LOG.log(Level.WARNING, "operators are told of pairing request " + requestId + " without its facts", e);
            audience.tell(Event.devicesChanged());
        }
    }

    private void tellResolved(String requestId, String deviceId, PairingRequest.State decision) {
        audience.tell(Event.pairingResolved(requestId, deviceId, decision.label(), clock.millis()));
    }
}
