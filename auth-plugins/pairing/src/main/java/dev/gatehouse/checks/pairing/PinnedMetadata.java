package dev.gatehouse.checks.pairing;

import java.util.Locale;
import java.util.Optional;

import dev.gatehouse.spi.Client;
import dev.gatehouse.spi.DeviceDirectory.PairedDevice;

/**
 * The platform and family that a device was approved with (wire reference 7.7). What was approved without pins nothing; of
 * the platform only its {@linkplain PlatformFamily family} is pinned, so that no upgrade makes a device ask again.
 *
 * @param platform the platform's family, or empty when none is pinned
 * @param deviceFamily the family in comparable form, or empty when none is pinned
 */
record PinnedMetadata(Optional<String> platform, Optional<String> deviceFamily) {

    static PinnedMetadata of(PairedDevice device) {
        return new PinnedMetadata(
                device.platform().map(PlatformFamily::of).filter(pinned -> !pinned.isEmpty()),
                device.deviceFamily().map(PinnedMetadata::comparable).filter(pinned -> !pinned.isEmpty()));
    }

    boolean admits(Client client) {
        return admits(platform, PlatformFamily.of(client.platform()))
                && admits(
                        deviceFamily,
                        client.deviceFamily().map(PinnedMetadata::comparable).orElse(""));
    }

    private static boolean admits(Optional<String> pinned, String claimed) {
        return pinned.isEmpty() || pinned.get().equals(claimed);
    }

    private static String comparable(String text) {
        return text.trim().toLowerCase(Locale.ROOT);
    }
}
