package dev.gatehouse.device;

/** A request came by another key than the one that was approved for its device id. */
public final class KeyConflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeyConflict(String deviceId) {
        super("device '" + deviceId + "' was approved with another key; remove the device to let this key pair");
    }
}
