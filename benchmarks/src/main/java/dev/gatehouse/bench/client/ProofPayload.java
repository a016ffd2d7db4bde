package dev.gatehouse.bench.client;

import java.util.Locale;

/** The text that a device signs: version 3 of the device proof. */
final class ProofPayload {

    private ProofPayload() {}

    static String of(DeviceKey key, ClientProfile profile, Credential credential, Challenge challenge) {
        return String.join(
                "|",
                "v3",
                key.id(),
                profile.id(),
                profile.mode(),
                ClientProfile.ROLE,
                String.join(",", profile.scopes()),
                Long.toString(challenge.timestamp()),
                credential.value(),
                challenge.nonce(),
                normalised(profile.platform()),
                normalised(profile.deviceFamily()));
    }

    private static String normalised(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
