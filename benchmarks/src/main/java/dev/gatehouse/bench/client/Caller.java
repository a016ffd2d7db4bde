package dev.gatehouse.bench.client;

/** Somebody who wants in: writes the connect frame that answers a challenge. */
public sealed interface Caller {

    /** The connect frame's text, signed when the caller has a key. */
    String connectFrame(Challenge challenge);

    /** A client without a key, known by its credential only. */
    record WithoutDevice(ClientProfile profile, Credential credential) implements Caller {
        @Override
        public String connectFrame(Challenge challenge) {
            return ConnectFrame.of(profile, credential).toString();
        }
    }

    /** A client that signs the challenge with its device's key. */
    record WithDevice(ClientProfile profile, DeviceKey key, Credential credential) implements Caller {
        @Override
        public String connectFrame(Challenge challenge) {
            String signature = key.sign(ProofPayload.of(key, profile, credential, challenge));
            return ConnectFrame.of(profile, credential)
                    .signed(key, signature, challenge)
                    .toString();
        }
    }
}
