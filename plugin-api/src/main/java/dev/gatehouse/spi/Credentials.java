package dev.gatehouse.spi;

import java.util.Optional;

/**
 * The credentials of a connect frame (wire reference 2.2, {@code auth}). Being present says nothing about being right.
 * A blank member counts as absent.
 *
 * @param token what the client sent as shared token; old clients put their device token here
 * @param password what the client sent as shared password
 * @param deviceToken what the client sent as device token
 * @param bootstrapToken what the client sent as the token of a setup code
 * @since 0.1
 */
public record Credentials(
        Optional<Secret> token,
        Optional<Secret> password,
        Optional<Secret> deviceToken,
        Optional<Secret> bootstrapToken) {

    private static final Credentials NONE =
            new Credentials(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * A connect frame without credentials.
     *
     * @return no credentials
     */
    public static Credentials none() {
        return NONE;
    }

    /**
     * What to try as a device token: the one sent as such, else the one sent as shared token (wire reference 4.2).
     *
     * @return the candidate, or empty when neither was sent
     */
    public Optional<Secret> deviceTokenCandidate() {
        return deviceToken.isPresent() ? deviceToken : token;
    }
}
