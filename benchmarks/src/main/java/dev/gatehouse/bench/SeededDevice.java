package dev.gatehouse.bench;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Random;

import dev.gatehouse.bench.client.Caller;
import dev.gatehouse.bench.client.ClientProfile;
import dev.gatehouse.bench.client.Credential;
import dev.gatehouse.bench.client.DeviceKey;

/**
 * A device that was written straight into the gateway's tables: its key and its token follow from seed and number.
 *
 * @param key its key
 * @param token its device token
 */
record SeededDevice(DeviceKey key, String token) {

    /**
     * The device of a number.
     *
     * @param number from 1 on; counted downwards in the family of keys, so that it is none that the pair command makes
     */
    static SeededDevice of(long seed, int number) {
        return new SeededDevice(
                DeviceKey.of(seed, -number), base64(sha256("gatehouse-bench token " + seed + " " + number)));
    }

    /** So many of the first {@code seeded} devices, drawn at random and each time the same. */
    static List<Caller> sample(long seed, int seeded, int count) {
        return new Random(seed)
                .ints(count, 1, seeded + 1)
                .mapToObj(number -> of(seed, number))
                .<Caller>map(device -> new Caller.WithDevice(
                        ClientProfile.BACKEND, device.key(), Credential.deviceToken(device.token())))
                .toList();
    }

    /** The token as the gateway stores it. */
    String tokenHash() {
        return "sha256:" + base64(sha256(token));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
