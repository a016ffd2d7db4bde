package dev.gatehouse.session;

import java.time.Duration;

import dev.gatehouse.spi.Setting;

/** What the operator says about connections that are not admitted yet. */
public record DoorSettings(
        @Setting(
                about = "How long a client may take from the upgrade to its connect frame, 100ms to 5m.",
                fallback = "15s")
        Duration handshakeTimeout) {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    public DoorSettings {
        if (handshakeTimeout.compareTo(SHORTEST) < 0 || handshakeTimeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("handshake-timeout: '" + handshakeTimeout.toMillis()
                    + "ms' is not between 100ms and 5m; remove it to use 15s");
        }
    }
}
