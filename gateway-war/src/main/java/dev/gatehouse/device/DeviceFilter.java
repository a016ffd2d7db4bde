package dev.gatehouse.device;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import dev.gatehouse.spi.Role;

/**
 * Which devices are listed: those that every given part fits.
 *
 * @param state what may become of their connections
 * @param role what they were approved for, revoked or not
 * @param platform what they say they run on, in any case
 * @param name what is in the name that people call them by, in any case
 * @param clientId the program on them
 * @param seenBefore they had no session since then, perhaps never one
 * @param seenSince they had a session at that time or later
 */
public record DeviceFilter(
        Optional<State> state,
        Optional<Role> role,
        Optional<String> platform,
        Optional<String> name,
        Optional<String> clientId,
        Optional<Instant> seenBefore,
        Optional<Instant> seenSince) {

    /** Every device. */
    public static final DeviceFilter NONE = new DeviceFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** What may become of a device's connections. */
    public enum State {
        /** It may connect in at least one role. */
        ACTIVE,
        /** Every role that it had is revoked. */
        REVOKED,
        /** Nobody uses it, and its end is announced. */
        EXPIRING;

        /** The name in the API. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The state of this name. */
        public static Optional<State> parse(String label) {
            return Arrays.stream(values())
                    .filter(state -> state.label().equals(label))
                    .findFirst();
        }
    }
}
