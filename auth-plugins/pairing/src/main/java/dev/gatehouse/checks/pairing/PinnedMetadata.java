package dev.gatehouse.checks.pairing;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.gatehouse.spi.Client;
import dev.gatehouse.spi.DeviceDirectory.PairedDevice;

/**
 * The platform and family that a device was approved with (wire reference 7.7). What was approved without pins nothing;
 * a new version of a native app's system, and a node host's other name for its system, are no difference.
 *
 * @param platform the platform in comparable form, or empty when none is pinned
 * @param deviceFamily the family in comparable form, or empty when none is pinned
 */
record PinnedMetadata(Optional<String> platform, Optional<String> deviceFamily) {

    private static final Set<String> VERSIONED_PLATFORMS = Set.of("ios", "android", "watchos", "macos");
    private static final Map<String, String> PLATFORM_ALIASES = Map.of("darwin", "macos", "win32", "windows");

    static PinnedMetadata of(PairedDevice device) {
        return new PinnedMetadata(
                device.platform().map(PinnedMetadata::comparablePlatform).filter(pinned -> !pinned.isEmpty()),
                device.deviceFamily().map(PinnedMetadata::comparable).filter(pinned -> !pinned.isEmpty()));
    }

    boolean admits(Client client) {
        return admits(platform, comparablePlatform(client.platform()))
                && admits(
                        deviceFamily,
                        client.deviceFamily().map(PinnedMetadata::comparable).orElse(""));
    }

    private static boolean admits(Optional<String> pinned, String claimed) {
        return pinned.isEmpty() || pinned.get().equals(claimed);
    }

    private static String comparablePlatform(String platform) {
        String comparable = comparable(platform);
        int space = comparable.indexOf(' ');
        String system = space < 0 ? comparable : comparable.substring(0, space);
        String withoutVersion = VERSIONED_PLATFORMS.contains(system) ? system : comparable;
        return PLATFORM_ALIASES.getOrDefault(withoutVersion, withoutVersion);
    }

    private static String comparable(String text) {
        return text.trim().toLowerCase(Locale.ROOT);
    }
}
