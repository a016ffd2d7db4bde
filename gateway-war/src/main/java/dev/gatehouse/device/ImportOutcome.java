package dev.gatehouse.device;

import java.util.Locale;

/**
 * What became of one device of an import.
 *
 * @param deviceId the device
 * @param kind what was done with it
 */
public record ImportOutcome(String deviceId, Kind kind) {

    /** What an import does with a device. */
    public enum Kind {
        /** It is new, and was taken over. */
        IMPORTED,
        /** It is known with the same key, roles, scopes and tokens. */
        UNCHANGED,
        /** It is known otherwise, by a later approval for example, and stays as it is. */
        LEFT_ALONE;

        /** The name in representations. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
