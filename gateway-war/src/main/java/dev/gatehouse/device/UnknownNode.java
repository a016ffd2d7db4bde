package dev.gatehouse.device;

/** No device of this id is approved for the role node. */
public final class UnknownNode extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownNode(String deviceId) {
        super("no node '" + deviceId + "'; list the nodes to find its id");
    }
}
