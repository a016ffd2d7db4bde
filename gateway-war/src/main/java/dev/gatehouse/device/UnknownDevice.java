package dev.gatehouse.device;

/** No approved device has this id. */
public final class UnknownDevice extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownDevice(String deviceId) {
        super("no device '" + deviceId + "'; list the devices to find its id");
    }
}
