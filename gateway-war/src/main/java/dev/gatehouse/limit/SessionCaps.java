package dev.gatehouse.limit;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import dev.gatehouse.spi.VetoReason;

/**
 * How many sessions there may be of one device, and in all. Takes the place of each session before it is one, so that two
 * which race are not both the last. Safe for concurrent use; does not block.
 */
public final class SessionCaps {

    /** The code of the refusal; no stock client stops on it. */
    public static final String CODE = "TOO_MANY_SESSIONS";

    private static final Duration LATER = Duration.ofSeconds(30);

    private final Supplier<LimitSettings> settings;

    // guarded by this: the device of each session by its connection, and how many there are of each
    private final Map<String, Optional<String>> devices = new HashMap<>();
    private final Map<String, Integer> perDevice = new HashMap<>();

    /**
     * No sessions yet.
     *
     * @param settings how many there may be; asked each time, for they may change
     */
    public SessionCaps(Supplier<LimitSettings> settings) {
        this.settings = settings;
    }

    /**
     * Takes the place of a session.
     *
     * @param connectionId names its connection, once
     * @param device the device that it is of, if it is of one
     * @return what to tell its client when there is no place, otherwise empty
     */
    public synchronized Optional<VetoReason> enter(String connectionId, Optional<String> device) {
        LimitSettings bounds = settings.get();
        if (devices.size() >= bounds.sessions()) {
            return Optional.of(full("too many sessions on this gateway"));
        }
        if (device.map(id -> perDevice.getOrDefault(id, 0)).orElse(0) >= bounds.sessionsPerDevice()) {
            return Optional.of(
                    full("too many sessions of this device").withDetail("limit", bounds.sessionsPerDevice()));
        }
        devices.put(connectionId, device);
        device.ifPresent(id -> perDevice.merge(id, 1, Integer::sum));
        return Optional.empty();
    }

    /** Gives the place of a session back; doing so again does nothing. */
    public synchronized void leave(String connectionId) {
        Optional.ofNullable(devices.remove(connectionId))
                .flatMap(device -> device)
                .ifPresent(id -> perDevice.computeIfPresent(id, (name, count) -> count > 1 ? count - 1 : null));
    }

    private static VetoReason full(String message) {
        return VetoReason.of(CODE, VetoReason.Effect.COME_BACK_LATER, message).withRetry(VetoReason.Retry.after(LATER));
    }
}
