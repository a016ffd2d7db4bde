package dev.gatehouse.device;

/** No request for the surface of a node has this id, or not any more. */
public final class UnknownSurfaceRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownSurfaceRequest(String requestId) {
        super("no node request '" + requestId + "' waits; list those that wait to find its id");
    }
}
