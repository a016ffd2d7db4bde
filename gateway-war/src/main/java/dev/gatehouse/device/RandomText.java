package dev.gatehouse.device;

import java.security.SecureRandom;
import java.util.Base64;

/** Draws secrets and names from a random source. Safe for concurrent use. */
public final class RandomText {

    private static final String CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int SECRET_BYTES = 32;
    private static final int JOIN_CODE_BYTES = 16;
    private static final int GROUP = 4;

    private final SecureRandom random;

    /** Text of a source. */
    public RandomText(SecureRandom random) {
        this.random = random;
    }

    /** 32 random bytes in base64url: 43 characters. */
    String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** 16 random bytes in base64url: 22 characters. */
    String joinCode() {
        byte[] bytes = new byte[JOIN_CODE_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * 60 bits as {@code xxxx-xxxx-xxxx}: easy to read aloud, and short enough to stay whole in every close reason.
     */
    String requestId() {
        return base32(GROUP) + "-" + base32(GROUP) + "-" + base32(GROUP);
    }

    /** 40 bits in 8 characters: for what there are few of, and what opens nothing. */
    public String shortId() {
        return base32(2 * GROUP);
    }

    private String base32(int length) {
        StringBuilder text = new StringBuilder(length);
        random.ints(length, 0, CROCKFORD.length()).forEach(index -> text.append(CROCKFORD.charAt(index)));
        return text.toString();
    }
}
