package dev.gatehouse.protocol;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The Ed25519 public key of a device, in the forms that clients send it (wire reference 5). Immutable. */
final class DeviceKey {

    private static final Pattern PEM =
            Pattern.compile("\\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----\\s*");
    private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final byte[] raw;

    private DeviceKey(byte[] raw) {
        this.raw = raw;
    }

    /** Reads base64url, base64, or an SPKI PEM; empty when it is none of them or not of the right length. */
    static Optional<DeviceKey> parse(String text) {
        Optional<byte[]> raw = text.contains("BEGIN") ? parsePem(text) : decode(text);
        return raw.filter(key -> key.length == Ed25519.PUBLIC_KEY_SIZE).map(DeviceKey::new);
    }

    /** The SHA-256 of the raw key in lower-case hex. */
    String deviceId() {
        SHA256Digest digest = new SHA256Digest();
        digest.update(raw, 0, raw.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return HexFormat.of().formatHex(hash);
    }

    /** The form in which the key is kept and compared: base64url without padding. */
    String canonical() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
    }

    /**
     * Whether a signature, in base64url or base64 with or without padding, is this key's over a message. Never true for a
     * key of small order, for which anybody could sign.
     */
    boolean verifies(String signature, byte[] message) {
        return decode(signature)
                .filter(bytes -> bytes.length == Ed25519.SIGNATURE_SIZE)
                .filter(bytes -> Ed25519.verify(bytes, 0, raw, 0, message, 0, message.length))
                .isPresent();
    }

    private static Optional<byte[]> parsePem(String text) {
        Matcher pem = PEM.matcher(text);
        if (!pem.matches()) {
            return Optional.empty();
        }
        return decode(pem.group(1).replaceAll("\\s", ""))
                .filter(spki -> spki.length == SPKI_PREFIX.length + Ed25519.PUBLIC_KEY_SIZE)
                .filter(spki -> Arrays.equals(spki, 0, SPKI_PREFIX.length, SPKI_PREFIX, 0, SPKI_PREFIX.length))
                .map(spki -> Arrays.copyOfRange(spki, SPKI_PREFIX.length, spki.length));
    }

    private static Optional<byte[]> decode(String text) {
        try {
            return Optional.of(
                    Base64.getUrlDecoder().decode(text.strip().replace('+', '-').replace('/', '_')));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
