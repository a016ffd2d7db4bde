package dev.gatehouse.device;

/** A pairing request has already ended, so it can be neither approved nor rejected. */
public final class PairingRequestResolved extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final PairingRequest.State state;

    PairingRequestResolved(PairingRequest request) {
        super("pairing request '" + request.requestId() + "' is already "
                + request.state().label()
                + request.resolvedAt().map(time -> " since " + time).orElse("")
                + "; let the device connect again to get a new one");
        this.state = request.state();
    }

    /**
     * What became of the request.
     *
     * @return its state, never pending
     */
    public PairingRequest.State state() {
        return state;
    }
}
