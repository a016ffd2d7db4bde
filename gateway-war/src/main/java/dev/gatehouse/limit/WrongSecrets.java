package dev.gatehouse.limit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.gatehouse.spi.Credentials;
import dev.gatehouse.spi.Secret;

/**
 * Which secrets were found wrong lately: who shows one of them again learns nothing, so that is no guess. Keeps keyed hashes
 * under a key that dies with the process, never a secret; the last 10,000. Safe for concurrent use.
 */
final class WrongSecrets {

    private static final int MAX = 10_000;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    // guarded by this; the one that was shown longest ago first
    private final Map<String, Boolean> seen = new LinkedHashMap<>(16, 0.75f, true);

    WrongSecrets(SecureRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** Notes that these were found wrong; says whether that is new. */
    synchronized boolean isNew(Credentials credentials) {
        if (seen.put(fingerprint(credentials), true) != null) {
            return false;
        }
        if (seen.size() > MAX) {
            seen.remove(seen.keySet().iterator().next());
        }
        return true;
    }

    /** Whatever was wrong may be right now. */
    synchronized void forget() {
        seen.clear();
    }

    /** Of everything that was shown together: whoever changes one of several has guessed again. */
    private String fingerprint(Credentials credentials) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            update(mac, credentials.token());
            update(mac, credentials.password());
            update(mac, credentials.deviceToken());
            update(mac, credentials.bootstrapToken());
            return Base64.getEncoder().encodeToString(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** The length comes first, so that no two differ only in where one ends; none is not the same as an empty one. */
    private static void update(Mac mac, Optional<Secret> secret) {
        byte[] bytes = secret.map(Secret::expose).orElse("").getBytes(StandardCharsets.UTF_8);
        int length = secret.isPresent() ? bytes.length : -1;
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
        mac.update(bytes);
    }
}
