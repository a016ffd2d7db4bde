package dev.gatehouse.checks.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;

import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

import dev.gatehouse.spi.Secret;

/**
 * Names the gateway's secret without telling it, so that a change can be noticed (wire reference 4.8).
 *
 * <p>A password may be short, so its name is made slowly, to be no help to whoever guesses; once for each secret. Safe for
 * concurrent use.
 */
final class SecretFingerprint {

    private static final int ROUNDS = 100_000;
    private static final int BITS = 256;

    private volatile Optional<Named> last = Optional.empty();

    private record Named(Mode mode, Secret secret, String name) {

        boolean isOf(Mode asked, Secret found) {
            return mode == asked && secret.matches(found);
        }
    }

    /** The name of a secret in a mode; the same for the same. */
    String of(Mode mode, Secret secret) {
        Optional<Named> known = last.filter(named -> named.isOf(mode, secret));
        if (known.isPresent()) {
            return known.get().name();
        }
        Named named = new Named(mode, secret, derive(mode, secret));
        last = Optional.of(named);
        return named.name();
    }

    private static String derive(Mode mode, Secret secret) {
        byte[] salt = ("gatehouse " + mode.setting()).getBytes(StandardCharsets.UTF_8);
        PBEKeySpec key = new PBEKeySpec(secret.expose().toCharArray(), salt, ROUNDS, BITS);
        try {
            byte[] name = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(key)
                    .getEncoded();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(name);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK derives keys by PBKDF2", e);
        } finally {
            key.clearPassword();
        }
    }
}
