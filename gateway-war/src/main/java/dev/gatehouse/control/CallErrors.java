package dev.gatehouse.control;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Supplier;

import dev.gatehouse.device.AmbiguousDevice;
import dev.gatehouse.device.Denied;
import dev.gatehouse.device.InvalidInvitation;
import dev.gatehouse.device.InvalidLabel;
import dev.gatehouse.device.KeyConflict;
import dev.gatehouse.device.PairingRequestResolved;
import dev.gatehouse.device.UnknownDevice;
import dev.gatehouse.device.UnknownNode;
import dev.gatehouse.device.UnknownPairingRequest;
import dev.gatehouse.device.UnknownSurfaceRequest;
import dev.gatehouse.protocol.WireError;
import dev.gatehouse.spi.TemporarilyUnavailable;

/** Says what went wrong with a call in the words that clients know (wire reference 8.2). */
final class CallErrors {

    private static final Duration AFTER_OUTAGE = Duration.ofSeconds(2);
    private static final System.Logger LOG = System.getLogger(CallErrors.class.getName());

    private CallErrors() {}

    /**
     * The error for the client; what is our fault is logged.
     *
     * @param incidents names what is logged
     */
    static WireError of(RuntimeException thrown, String method, Supplier<String> incidents) {
        if (thrown instanceof Denied denied) {
            return of(denied);
        }
        if (thrown instanceof UnknownPairingRequest
                || thrown instanceof PairingRequestResolved
                || thrown instanceof UnknownSurfaceRequest) {
            return WireError.invalidRequest("unknown requestId");
        }
        if (thrown instanceof UnknownDevice) {
            return WireError.invalidRequest("unknown deviceId");
        }
        if (thrown instanceof UnknownNode) {
            return WireError.invalidRequest("unknown nodeId");
        }
        if (thrown instanceof InvalidLabel) {
            return WireError.invalidRequest("label required");
        }
        if (thrown instanceof Refused
                || thrown instanceof InvalidInvitation
                || thrown instanceof KeyConflict
                || thrown instanceof AmbiguousDevice) {
            return WireError.invalidRequest(String.valueOf(thrown.getMessage()));
        }
        return ourFault(thrown, method, incidents.get());
    }

    /** Clients know {@code FORBIDDEN} by the scope in its details; the other denials are told by their text alone. */
    private static WireError of(Denied denied) {
        if (denied.code() == Denied.Code.FORBIDDEN && denied.missingScope().isPresent()) {
            return WireError.missingScope(denied.missingScope().get(), denied.requiredScopes());
        }
        return WireError.invalidRequest(String.valueOf(denied.getMessage()));
    }

    private static WireError ourFault(RuntimeException thrown, String method, String incident) {
        LOG.log(Level.ERROR, "failed, incident " + incident + ": the call " + method, thrown);
        return thrown instanceof TemporarilyUnavailable
                ? WireError.retryLater("the gateway cannot answer now (incident " + incident + ")", AFTER_OUTAGE)
                : WireError.broken(incident);
    }
}
