package dev.gatehouse.device;

import java.util.Optional;

/**
 * How a device was seen.
 *
 * @param from its address, or empty when it was on this machine
 * @param clientVersion the version of its client, as that says
 * @param reason how it came in, as the wire names it: {@code connect} or {@code device-token-auth}
 */
public record Sighting(Optional<String> from, String clientVersion, String reason) {

    /** The most characters of a version that are kept. */
    static final int VERSION_MAX = 256;

    /** Cuts what a client may have made too long. */
    public Sighting {
        clientVersion = clientVersion.length() > VERSION_MAX ? clientVersion.substring(0, VERSION_MAX) : clientVersion;
    }
}
