package dev.gatehouse.protocol;

import java.time.Duration;
import java.util.Optional;

import dev.gatehouse.spi.DeviceProof;
import dev.gatehouse.spi.VetoReason;
import dev.gatehouse.spi.VetoReason.Effect;
import dev.gatehouse.spi.VetoReason.Retry;

/**
 * Verifies that a client holds the key of the device that it says it is (wire reference 2.5, step 10, and rows R23 to
 * R27; R28 cannot occur, because a key is normalised before anything is verified with it).
 *
 * <p>The device signs the nonce of its connection's challenge together with what it asks for. A nonce serves one
 * connection, and a connection has one connect frame, so a signature cannot be used twice. The first rule that does not
 * hold is told, in the order of the reference gateway.
 */
public final class DeviceProofs {

    private static final long SKEW_MAX_MILLIS = 120_000;

    /** Clients retry the codes of a wrong key or signature for ever; this slows them down. */
    private static final Retry SLOWLY = Retry.after(Duration.ofSeconds(30));

    /** The next connection has a new challenge, so that an immediate retry is right. */
    private static final Retry AS_USUAL = Retry.never();

    private static final DeviceProof ID_MISMATCH =
            faulty("DEVICE_AUTH_DEVICE_ID_MISMATCH", "device identity mismatch", "device-id-mismatch", SLOWLY);
    private static final DeviceProof EXPIRED =
            faulty("DEVICE_AUTH_SIGNATURE_EXPIRED", "device signature expired", "device-signature-stale", AS_USUAL);
    private static final DeviceProof NONCE_MISSING =
            faulty("DEVICE_AUTH_NONCE_REQUIRED", "device nonce required", "device-nonce-missing", AS_USUAL);
    private static final DeviceProof NONCE_MISMATCH =
            faulty("DEVICE_AUTH_NONCE_MISMATCH", "device nonce mismatch", "device-nonce-mismatch", AS_USUAL);
    private static final DeviceProof SIGNATURE_INVALID =
            faulty("DEVICE_AUTH_SIGNATURE_INVALID", "device signature invalid", "device-signature", SLOWLY);

    private DeviceProofs() {}

    /**
     * Verifies the proof of a connect frame.
     *
     * @param frame the connect frame
     * @param nonce the nonce of this connection's challenge
     * @param nowMillis the time of the gateway, in epoch milliseconds
     */
    public static DeviceProof verify(ConnectFrame frame, String nonce, long nowMillis) {
        Optional<DeviceClaim> claim = frame.device();
        return claim.isPresent() ? verify(frame, claim.get(), nonce, nowMillis) : new DeviceProof.Absent();
    }

    private static DeviceProof verify(ConnectFrame frame, DeviceClaim claim, String nonce, long nowMillis) {
        Optional<DeviceKey> key = DeviceKey.parse(claim.publicKey())
                .filter(parsed -> parsed.deviceId().equals(claim.id()));
        if (key.isEmpty()) {
            return ID_MISMATCH;
        }
        if (Math.abs(nowMillis - claim.signedAt()) > SKEW_MAX_MILLIS) {
            return EXPIRED;
        }
        if (claim.nonce().isBlank()) {
            return NONCE_MISSING;
        }
        if (!claim.nonce().strip().equals(nonce)) {
            return NONCE_MISMATCH;
        }
        return verifySignature(frame, claim, key.get());
    }

    private static DeviceProof verifySignature(ConnectFrame frame, DeviceClaim claim, DeviceKey key) {
        boolean isSigned = key.verifies(claim.signature(), SignedPayload.v3(frame, claim))
                || key.verifies(claim.signature(), SignedPayload.v2(frame, claim));
        return isSigned ? new DeviceProof.Verified(claim.id(), key.canonical()) : SIGNATURE_INVALID;
    }

    private static DeviceProof faulty(String code, String message, String reason, Retry retry) {
        return new DeviceProof.Faulty(VetoReason.of(code, Effect.IDENTIFY, message)
                .withDetail("reason", reason)
                .withRetry(retry));
    }
}
