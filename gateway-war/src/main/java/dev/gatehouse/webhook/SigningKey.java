package dev.gatehouse.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.gatehouse.spi.Secret;

/** A secret that messages are signed with, as Standard Webhooks writes it (symmetric signatures). Immutable. */
final class SigningKey {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES_MIN = 24;
    private static final int BYTES_MAX = 64;

    private final byte[] bytes;

    private SigningKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Reads {@code whsec_} and base64 of 24 to 64 bytes; empty for anything else. */
    static Optional<SigningKey> parse(Secret secret) {
        String text = secret.expose();
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
            return bytes.length >= BYTES_MIN && bytes.length <= BYTES_MAX
                    ? Optional.of(new SigningKey(bytes))
                    : Optional.empty();
        } catch (IllegalArgumentException e) { // no base64; its message would repeat a part of it
            return Optional.empty();
        }
    }

    /**
     * Signs a message.
     *
     * @param id its {@code webhook-id}
     * @param timestamp its {@code webhook-timestamp}, in seconds since 1970
     * @param body in ASCII
     * @return one entry of {@code webhook-signature}
     */
    String sign(String id, long timestamp, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
            byte[] signature = mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.US_ASCII));
            return "v1," + Base64.getEncoder().encodeToString(signature);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
