package dev.gatehouse.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Rebuilds the text that a device signs (wire reference 5), byte for byte: scopes and token as they were sent, parts
 * joined without escaping. Only platform and device family are normalised.
 */
final class SignedPayload {

    private SignedPayload() {}

    /** What current clients sign. */
    static byte[] v3(ConnectFrame frame, DeviceClaim claim) {
        return bytes(common("v3", frame, claim)
                + "|" + normalised(frame.client().platform())
                + "|" + normalised(frame.client().deviceFamily().orElse("")));
    }

    /** What older clients sign. */
    static byte[] v2(ConnectFrame frame, DeviceClaim claim) {
        return bytes(common("v2", frame, claim));
    }

    private static String common(String version, ConnectFrame frame, DeviceClaim claim) {
        return String.join(
                "|",
                List.of(
                        version,
                        claim.id(),
                        frame.client().id(),
                        frame.client().mode(),
                        frame.roleName(),
                        String.join(",", frame.scopeNames()),
                        Long.toString(claim.signedAt()),
                        frame.signedToken().expose(),
                        claim.nonce().strip()));
    }

    /** Lower-cases A to Z alone, unlike {@link String#toLowerCase()}: other letters are signed as they are. */
    private static String normalised(String text) {
        StringBuilder lower = new StringBuilder(text.strip());
        for (int i = 0; i < lower.length(); i++) {
            char letter = lower.charAt(i);
            if (letter >= 'A' && letter <= 'Z') {
                lower.setCharAt(i, (char) (letter - 'A' + 'a'));
            }
        }
        return lower.toString();
    }

    private static byte[] bytes(String payload) {
        return payload.getBytes(StandardCharsets.UTF_8);
    }
}
