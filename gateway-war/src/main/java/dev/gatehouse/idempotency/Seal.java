package dev.gatehouse.idempotency;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import dev.gatehouse.spi.Secret;

/**
 * Names a call and seals its answer, by the credential and the idempotency key that it was made with. Without both, nobody
 * finds the call or opens its answer, whoever holds the database. Keys are derived by HKDF-SHA256 (RFC 5869), answers are
 * encrypted by AES-256-GCM. Immutable.
 */
public final class Seal {

    private static final String HMAC = "HmacSHA256";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final byte[] SALT = ascii("gatehouse idempotency 1");
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final String callId;
    private final byte[] requestKey;
    private final SecretKeySpec answerKey;

    private Seal(String callId, byte[] requestKey, SecretKeySpec answerKey) {
        this.callId = callId;
        this.requestKey = requestKey;
        this.answerKey = answerKey;
    }

    /**
     * The seal of a call.
     *
     * @param credential what the caller presented: an API key, or the console's cookie; too random to be guessed
     * @param idempotencyKey what the caller calls the call
     */
    public static Seal of(Secret credential, String idempotencyKey) {
        byte[] root = hmac(SALT, credential.expose().getBytes(StandardCharsets.UTF_8));
        return new Seal(
                text(derived(root, "call", idempotencyKey)),
                derived(root, "request", idempotencyKey),
                new SecretKeySpec(derived(root, "answer", idempotencyKey), "AES"));
    }

    /** Names the call among all. */
    String callId() {
        return callId;
    }

    /** Stands for what was asked, so that it can be told whether it is asked again; tells nobody else anything. */
    String requestOf(byte[] asked) {
        return text(hmac(requestKey, asked));
    }

    String close(byte[] answer, SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, answer);
        return text(ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                .put(nonce)
                .put(sealed)
                .array());
    }

    /**
     * Opens what {@link #close} made.
     *
     * @throws IllegalStateException when somebody changed it
     */
    byte[] open(String closed) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(closed));
        byte[] nonce = new byte[NONCE_BYTES];
        bytes.get(nonce);
        byte[] sealed = new byte[bytes.remaining()];
        bytes.get(sealed);
        return crypt(Cipher.DECRYPT_MODE, nonce, sealed);
    }

    private byte[] crypt(int mode, byte[] nonce, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, answerKey, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(ascii(callId));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an answer that was kept cannot be sealed or opened", e);
        }
    }

    /** HKDF's expansion to one block, which is all that is needed. */
    private static byte[] derived(byte[] root, String purpose, String idempotencyKey) {
        return hmac(root, ascii(purpose + "\0" + idempotencyKey + "\u0001"));
    }

    private static byte[] hmac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
