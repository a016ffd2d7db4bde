package dev.gatehouse.console;

import java.time.Instant;

import dev.gatehouse.device.ApiKey;
import dev.gatehouse.digest.Sha256;
import dev.gatehouse.spi.Secret;

/**
 * A browser that an operator signed in with, while one of its calls is carried out.
 *
 * @param key the API key that it stands for, as the key is now
 * @param cookie what the browser shows with every call
 * @param endsAt when it ends, however much it is used
 */
public record ConsoleSession(ApiKey key, Secret cookie, Instant endsAt) {

    private static final String PURPOSE = "gatehouse console csrf ";

    /**
     * What a call must carry besides the cookie to change anything. Only pages of the gateway can ask for it. It is made
     * from the cookie, which it does not give away, so that there is nothing more to keep.
     *
     * @return 43 characters of base64url
     */
    public Secret csrfToken() {
        return Secret.of(Sha256.base64Url(PURPOSE + cookie.expose()));
    }
}
