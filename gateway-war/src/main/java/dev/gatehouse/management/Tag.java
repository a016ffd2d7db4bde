package dev.gatehouse.management;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * The strong entity tag of something that the API shows (RFC 9110, 8.8.3): a digest of its JSON, so that it changes with
 * everything that a reader can see, and is the same on every node.
 *
 * @param text the tag in its quotes
 */
record Tag(String text) {

    private static final int BYTES = 16;

    static Tag of(Record view) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Json.bytes(view));
            return new Tag(
                    '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES)) + '"');
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
