package com.example.gatehouse;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.gatehouse.spi.Secret;

/**
 * A user whose name was signed: {@code <name>.<expiry in epoch seconds>.<mac>}, where the MAC is the HMAC-SHA256 of what
 * stands before its dot, as base64url without padding.
 *
 * @param name the user's name
 * @param expires from when on the signature is worth nothing
 */
record SignedUser(String name, Instant expires) {

    private static final String ALGORITHM = "HmacSHA256";

    // Everything from outside is bounded: the name, the number of digits, the 32 bytes of the MAC.
    private static final Pattern FORM = Pattern.compile(
            "(?<claim>(?<name>[A-Za-z0-9._@+-]{1,64})\\.(?<expires>[0-9]{1,11}))\\.(?<mac>[A-Za-z0-9_-]{43})");

    /**
     * Reads a header that is signed with a secret. Says nothing about whether it has expired.
     *
     * @return the user, or empty when the header has another form or another signature
     */
    static Optional<SignedUser> verify(String header, Secret secret) {
        Matcher parts = FORM.matcher(header);
        if (!parts.matches()) {
            return Optional.empty();
        }
        byte[] presented = Base64.getUrlDecoder().decode(parts.group("mac"));
        // In constant time: the time that equals() takes would tell how many bytes of a guess are right.
        if (!MessageDigest.isEqual(mac(parts.group("claim"), secret), presented)) {
            return Optional.empty();
        }
        Instant expires = Instant.ofEpochSecond(Long.parseLong(parts.group("expires")));
        return Optional.of(new SignedUser(parts.group("name"), expires));
    }

    private static byte[] mac(String claim, Secret secret) {
        try {
            // A new one each time, because checks are called concurrently and a Mac is not safe for that.
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.expose().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(claim.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
