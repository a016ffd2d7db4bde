package dev.gatehouse.spi;

/**
 * What became of the signature by which a client proves that it holds a device's key. The gateway verifies it before
 * any check runs (wire reference 5), and admits nobody whose proof is {@link Faulty}, whatever the chain says.
 *
 * @since 0.1
 */
public sealed interface DeviceProof {

    /** The connect frame has no {@code device}. */
    record Absent() implements DeviceProof {}

    /**
     * The client holds the key.
     *
     * @param deviceId the stable id of the device: the SHA-256 of its public key in 64 lower-case hex digits
     * @param publicKey the raw Ed25519 public key in base64url without padding, 43 characters
     */
    record Verified(String deviceId, String publicKey) implements DeviceProof {}

    /**
     * The client sent a proof that does not hold.
     *
     * @param reason which rule it breaks
     */
    record Faulty(VetoReason reason) implements DeviceProof {}
}
