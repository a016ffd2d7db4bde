package dev.gatehouse.device;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.digest.Sha256;

/**
 * A device that another gateway approved.
 *
 * @param deviceId its id: the SHA-256 of its key in lower-case hex (wire reference 5)
 * @param publicKey its key, 32 bytes in base64url without padding
 * @param label what an operator called it
 * @param client what its client said when the device was approved
 * @param approvedAt when it was approved
 * @param approvedVia how it was approved
 * @param lastSeenAt when it last had a session
 * @param grants what was approved, a role at most once, at least one
 */
public record ImportedDevice(
        String deviceId,
        String publicKey,
        Optional<String> label,
        ClientFacts client,
        Instant approvedAt,
        ApprovedVia approvedVia,
        Optional<Instant> lastSeenAt,
        List<ImportedGrant> grants) {

    private static final int KEY_BYTES = 32;

    /**
     * Checks what would be written.
     *
     * @throws IllegalArgumentException when the id is not that of the key, or the grants are none or not distinct
     * @throws InvalidLabel when the label cannot be used
     */
    public ImportedDevice {
        grants = List.copyOf(grants);
        label = label.map(Label::new).map(Label::text);
        if (!idOf(publicKey).filter(deviceId::equals).isPresent()) {
            throw new IllegalArgumentException("the device id is not the SHA-256 of a 32-byte key in base64url");
        }
        if (grants.isEmpty()
                || grants.stream().map(ImportedGrant::role).distinct().count() < grants.size()) {
            throw new IllegalArgumentException("a device has each of its roles once, and at least one");
        }
    }

    private static Optional<String> idOf(String key) {
        try {
            byte[] raw = Base64.getUrlDecoder().decode(key);
            boolean isCanonical = raw.length == KEY_BYTES
                    && Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(raw)
                            .equals(key);
            return isCanonical ? Optional.of(Sha256.hex(raw)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not base64url at all
        }
    }
}
