package dev.gatehouse.device;

/** No pairing request has this id. */
public final class UnknownPairingRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownPairingRequest(String requestId) {
        super("no pairing request '" + requestId + "'; list those that wait to find its id");
    }
}
