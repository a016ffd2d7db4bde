package dev.gatehouse.protocol;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;
import dev.gatehouse.spi.VetoReason.Retry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.gatehouse.protocol.ConnectJson.NONCE;
import static org.assertj.core.api.Assertions.assertThat;

class DeviceProofsTest {

    private static final long SIGNED_AT = 1_760_000_000_000L;
    private static final String DEVICE_ID = "56475aa75463474c0285df5dbf2bcab73da651358839e9b77481b2eab107708c";
    private static final String KEY = "A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg";
    private static final String SIGNATURE_V3 =
            "YHbo7TPtBH0dRL3yxr1oDaxPmd1sIQ43nNx1RBA2AjuAJ5NL-76BamlpR6Yeb6IQekEFsoFB6olzxrT1RvmgAQ";
    private static final String SIGNATURE_V2 =
            "A3-eRdKkHvXXpTtV4ThBtIKiBfKYV4VqEFxHRzwGpgktX3weJdCdWztyAga6AwRcuoLl-cKcRmnFHOudbZZDAQ";
    private static final DeviceProof VERIFIED = new DeviceProof.Verified(DEVICE_ID, KEY);

    private final ObjectNode json = ConnectJson.full();

    @Test
    void noDevice_isAbsent() {
        DeviceProof proof = DeviceProofs.verify(ConnectJson.frame(ConnectJson.minimal()), NONCE, SIGNED_AT);

        assertThat(proof).isEqualTo(new DeviceProof.Absent());
    }

    @ParameterizedTest
    @ValueSource(strings = {SIGNATURE_V3, SIGNATURE_V2})
    void referenceVector_isVerified(String signature) {
        device("signature", signature);

        assertThat(verify()).isEqualTo(VERIFIED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                KEY,
                KEY + "=",
                "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=",
                "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAA6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=\n-----END PUBLIC KEY-----\n"
            })
    void everyFormOfTheKey_isVerified_asOne(String key) {
        device("publicKey", key);

        assertThat(verify()).isEqualTo(VERIFIED);
    }

    @Test
    void signature_isDecoded_fromBase64WithPadding() {
        device("signature", SIGNATURE_V3.replace('-', '+').replace('_', '/') + "==");

        assertThat(verify()).isEqualTo(VERIFIED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!",
                "A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMb",
                "B6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg",
                "BEGIN",
                "-----BEGIN PUBLIC KEY-----AAAA-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----MCowBQYDK2VuAyEAA6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=-----END PUBLIC KEY-----",
                "\u00e4\u20ac"
            })
    void unusableOrOtherKey_isAnIdMismatch(String key) {
        device("publicKey", key);

        assertFaulty("DEVICE_AUTH_DEVICE_ID_MISMATCH", "device identity mismatch", "device-id-mismatch", true);
    }

    @Test
    void otherId_isAMismatch_alsoInUpperCase() {
        device("id", DEVICE_ID.toUpperCase(Locale.ROOT));

        assertFaulty("DEVICE_AUTH_DEVICE_ID_MISMATCH", "device identity mismatch", "device-id-mismatch", true);
    }

    @ParameterizedTest
    @ValueSource(longs = {-120_001, 120_001, Long.MAX_VALUE - SIGNED_AT, -SIGNED_AT})
    void oldOrEarlySignature_isExpired(long offset) {
        DeviceProof proof = DeviceProofs.verify(ConnectJson.frame(json), NONCE, SIGNED_AT + offset);

        assertFaulty(
                proof, "DEVICE_AUTH_SIGNATURE_EXPIRED", "device signature expired", "device-signature-stale", false);
    }

    @ParameterizedTest
    @ValueSource(longs = {-120_000, 0, 120_000})
    void skewWithinTwoMinutes_isVerified(long offset) {
        assertThat(DeviceProofs.verify(ConnectJson.frame(json), NONCE, SIGNED_AT + offset))
                .isEqualTo(VERIFIED);
    }

    @Test
    void blankNonce_isMissing() {
        device("nonce", " \t");

        assertFaulty("DEVICE_AUTH_NONCE_REQUIRED", "device nonce required", "device-nonce-missing", false);
    }

    @Test
    void otherNonce_isAMismatch() {
        DeviceProof proof = DeviceProofs.verify(ConnectJson.frame(json), "another", SIGNED_AT);

        assertFaulty(proof, "DEVICE_AUTH_NONCE_MISMATCH", "device nonce mismatch", "device-nonce-mismatch", false);
    }

    @Test
    void nonce_isTrimmed() {
        device("nonce", " " + NONCE + "\n");

        assertThat(verify()).isEqualTo(VERIFIED);
    }

    @ParameterizedTest
    @CsvSource({
        "/params/client/id, \"test\"",
        "/params/client/mode, \"ui\"",
        "/params/role, \"node\"",
        "/params/scopes, '[\"operator.read\",\"operator.pairing\"]'",
        "/params/scopes, '[\"operator.pairing\",\"operator.read\",\"\"]'",
        "/params/scopes, '[\"operator.pairing\",\"operator.read\",\"operator.read\"]'",
        "/params/scopes, '[\" operator.pairing\",\"operator.read\"]'",
        "/params/auth/token, \"secret-token \"",
        "/params/auth/token, \"\"",
        "/params/device/signedAt, 1760000000001",
        "/params/device/signature, \"AAAA\"",
        "/params/device/signature, \"*\"",
        "/params/client/platform, \"windows\"",
        "/params/client/deviceFamily, \"linux\"",
    })
    void tamperedMember_breaksTheSignature(String pointer, String value) {
        ConnectFrame tampered = ConnectJson.frame(ConnectJson.with(json, pointer, value));

        assertFaulty(
                DeviceProofs.verify(tampered, NONCE, SIGNED_AT),
                "DEVICE_AUTH_SIGNATURE_INVALID",
                "device signature invalid",
                "device-signature",
                true);
    }

    @Test
    void everyBitOfTheSignature_counts() {
        byte[] signature = Base64.getUrlDecoder().decode(SIGNATURE_V3);
        for (int bit = 0; bit < signature.length * 8; bit += 7) {
            byte[] flipped = signature.clone();
            flipped[bit / 8] = (byte) (flipped[bit / 8] ^ (1 << (bit % 8)));
            device("signature", Base64.getUrlEncoder().encodeToString(flipped));

            assertThat(verify()).isInstanceOf(DeviceProof.Faulty.class);
        }
    }

    @Test
    void versionTwo_doesNotSignThePlatform() {
        device("signature", SIGNATURE_V2);

        ConnectFrame moved = ConnectJson.frame(ConnectJson.with(json, "/params/client/platform", "\"windows\""));

        assertThat(DeviceProofs.verify(moved, NONCE, SIGNED_AT)).isEqualTo(VERIFIED);
    }

    @Test
    void absentParts_areSigned_asEmpty() {
        ObjectNode bare = ConnectJson.minimal();
        bare.withObject("/params").set("device", json.at("/params/device"));
        ConnectFrame frame = ConnectJson.frame(bare);
        DeviceClaim claim = frame.device().orElseThrow();

        assertThat(new String(SignedPayload.v3(frame, claim), StandardCharsets.UTF_8))
                .isEqualTo("v3|" + DEVICE_ID + "|cli|cli|operator||1760000000000||" + NONCE + "|linux|");
        assertThat(new String(SignedPayload.v2(frame, claim), StandardCharsets.UTF_8))
                .isEqualTo("v2|" + DEVICE_ID + "|cli|cli|operator||1760000000000||" + NONCE);
    }

    @Test
    void platform_isLowerCased_inAsciiOnly() {
        ConnectFrame frame =
                ConnectJson.frame(ConnectJson.with(json, "/params/client/deviceFamily", "\" M\\u00c4C\\u0130 \""));

        assertThat(new String(SignedPayload.v3(frame, frame.device().orElseThrow()), StandardCharsets.UTF_8))
                .endsWith("|" + NONCE + "|linux|m\u00c4c\u0130");
    }

    /** With the neutral element as key and as R, and 0 as S, the equation of the signature holds for any message. */
    @Test
    void keyOfSmallOrder_signsNothing() throws GeneralSecurityException {
        byte[] neutral = new byte[32];
        neutral[0] = 1;
        byte[] forged = new byte[64];
        forged[0] = 1;
        device("publicKey", Base64.getUrlEncoder().encodeToString(neutral));
        device(
                "id",
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(neutral)));
        device("signature", Base64.getUrlEncoder().encodeToString(forged));

        assertFaulty("DEVICE_AUTH_SIGNATURE_INVALID", "device signature invalid", "device-signature", true);
    }

    private void device(String member, String value) {
        json.withObject("/params/device").put(member, value);
    }

    private DeviceProof verify() {
        return DeviceProofs.verify(ConnectJson.frame(json), NONCE, SIGNED_AT);
    }

    private void assertFaulty(String code, String message, String reason, boolean retriedSlowly) {
        assertFaulty(verify(), code, message, reason, retriedSlowly);
    }

    private static void assertFaulty(
            DeviceProof proof, String code, String message, String reason, boolean retriedSlowly) {
        assertThat(proof)
                .isEqualTo(new DeviceProof.Faulty(VetoReason.of(code, Effect.IDENTIFY, message)
                        .withDetail("reason", reason)
                        .withRetry(retriedSlowly ? Retry.after(Duration.ofSeconds(30)) : Retry.never())));
    }
}
