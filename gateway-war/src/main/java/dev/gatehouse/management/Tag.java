package dev.gatehouse.management;

import java.util.Arrays;
import java.util.Base64;

import dev.gatehouse.digest.Sha256;

/**
 * The strong entity tag of something that the API shows (RFC 9110, 8.8.3): a digest of its JSON, so that it changes with
 * everything that a reader can see, and is the same on every node.
 *
 * @param text the tag in its quotes
 */
record Tag(String text) {

    private static final int BYTES = 16;

    static Tag of(Record view) {
        byte[] digest = Arrays.copyOf(Sha256.of(Json.bytes(view)), BYTES);
        return new Tag('"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + '"');
    }
}
