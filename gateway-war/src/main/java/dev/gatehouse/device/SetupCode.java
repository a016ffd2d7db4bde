package dev.gatehouse.device;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

import dev.gatehouse.spi.Secret;

/**
 * What a device needs to come in once (wire reference 7.8), in the only moment in which it is known in plain.
 *
 * @param url where the gateway is
 * @param token what proves the invitation
 * @param expiresAt until when
 */
public record SetupCode(GatewayUrl url, Secret token, Instant expiresAt) {

    /** The payload; no part of it has a character that JSON would escape. */
    public String json() {
        return "{\"url\":\"" + url + "\",\"bootstrapToken\":\"" + token.expose() + "\",\"expiresAtMs\":"
                + expiresAt.toEpochMilli() + "}";
    }

    /** The payload as one word, which a person can copy. */
    public String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json().getBytes(StandardCharsets.UTF_8));
    }

    /** The same as a link that opens the stock apps. */
    public String pairUri() {
        return "oc-pair://" + text();
    }
}
