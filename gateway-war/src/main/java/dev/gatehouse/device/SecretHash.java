package dev.gatehouse.device;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import dev.gatehouse.digest.Sha256;
import dev.gatehouse.spi.Secret;

/**
 * A secret as it is stored: {@code sha256:} and the digest in base64url. One round is enough, because what is hashed is
 * 16 random bytes at least, which nobody can guess.
 *
 * @param text the stored form
 */
record SecretHash(String text) {

    private static final String PREFIX = "sha256:";

    static SecretHash of(Secret secret) {
        return new SecretHash(PREFIX + Sha256.base64Url(secret.expose()));
    }

    /** Whether this is the hash of a secret; the time taken does not depend on where they differ. */
    boolean matches(Secret presented) {
        return MessageDigest.isEqual(
                text.getBytes(StandardCharsets.US_ASCII), of(presented).text.getBytes(StandardCharsets.US_ASCII));
    }
}
