package dev.gatehouse.protocol;

/**
 * A device that the client says it is, and its proof, as sent and not verified (wire reference 5).
 *
 * @param id the device id that it claims
 * @param publicKey its Ed25519 public key, in any of the accepted forms
 * @param signature the signature over the signed payload
 * @param signedAt when it was signed, in epoch milliseconds
 * @param nonce the nonce of the challenge that it answers
 */
public record DeviceClaim(String id, String publicKey, String signature, long signedAt, String nonce) {}
