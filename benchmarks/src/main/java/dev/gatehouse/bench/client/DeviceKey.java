package dev.gatehouse.bench.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** A device's Ed25519 key pair, derived from numbers so that it need not be stored. */
public final class DeviceKey {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Ed25519PrivateKeyParameters privateKey;
    private final String id;
    private final String publicKey;

    private DeviceKey(byte[] secret) {
        this.privateKey = new Ed25519PrivateKeyParameters(secret);
        byte[] raw = privateKey.generatePublicKey().getEncoded();
        this.id = HexFormat.of().formatHex(sha256(raw));
        this.publicKey = BASE64.encodeToString(raw);
    }

    /** The same key for the same two numbers, today and tomorrow. */
    public static DeviceKey of(long seed, int index) {
        return new DeviceKey(
                sha256(("gatehouse-bench device " + seed + " " + index).getBytes(StandardCharsets.US_ASCII)));
    }

    static DeviceKey ofSecret(byte[] secret) {
        return new DeviceKey(secret);
    }

    /** The lower-case hexadecimal SHA-256 of the raw public key. */
    public String id() {
        return id;
    }

    /** The raw public key as base64url without padding. */
    public String publicKey() {
        return publicKey;
    }

    String sign(String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, privateKey);
        signer.update(bytes, 0, bytes.length);
        return BASE64.encodeToString(signer.generateSignature());
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
