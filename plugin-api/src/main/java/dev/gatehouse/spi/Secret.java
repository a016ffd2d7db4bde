package dev.gatehouse.spi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * A secret as text. Prints as {@code ***} and compares in constant time.
 *
 * @since 0.1
 */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * Where a secret is kept: the environment or a file, never the config itself. A settings record declares a
     * component of this type for each secret it needs.
     *
     * @since 0.1
     */
    @FunctionalInterface
    public interface Source {

        /**
         * Reads the secret as it is now, so that a rotated one is in force for the next connection. Cheap enough to be
         * called for every connection.
         *
         * @return the secret, or empty when it is not there or blank
         */
        Optional<Secret> read();
    }

    /**
     * Wraps a secret.
     *
     * @param value the text, as it was received
     * @return the secret
     */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /**
     * Whether there is nothing but white space in it.
     *
     * @return true when blank
     */
    public boolean isBlank() {
        return value.isBlank();
    }

    /**
     * Whether two secrets are the same text; the time taken does not depend on where they differ, nor on their lengths.
     *
     * @param other the other secret
     * @return true when equal
     */
    public boolean matches(Secret other) {
        return MessageDigest.isEqual(digest(value), digest(other.value));
    }

    /**
     * The text itself, for handing it to what must verify it. Never log it.
     *
     * @return the text
     */
    public String expose() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && matches(that);
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "***";
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
