package dev.gatehouse.device;

import java.util.Optional;

/**
 * What a client said about itself when its device asked to be known. Declared, not proven; each text has at most 256
 * characters and no control characters.
 *
 * @param id the client's kind
 * @param mode how it runs
 * @param version its version
 * @param platform the platform it runs on
 * @param deviceFamily the family of the device
 * @param displayName the name it would like to be shown by
 */
public record ClientFacts(
        String id,
        String mode,
        String version,
        String platform,
        Optional<String> deviceFamily,
        Optional<String> displayName) {}
