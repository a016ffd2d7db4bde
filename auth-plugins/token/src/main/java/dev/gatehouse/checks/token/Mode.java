package dev.gatehouse.checks.token;

import java.util.Optional;

import dev.gatehouse.spi.Credentials;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Secret;

/** Which of the two shared secrets clients must know. */
enum Mode {
    /** The shared token; what a client sends as password is taken for it when it sends no token. */
    TOKEN("token", Identity.TOKEN) {
        @Override
        Optional<Secret> presented(Credentials credentials) {
            return credentials.token().or(credentials::password);
        }
    },
    /** The shared password; what a client sends as token is taken for it when it sends no password. */
    PASSWORD("password", Identity.PASSWORD) {
        @Override
        Optional<Secret> presented(Credentials credentials) {
            return credentials.password().or(credentials::token);
        }
    };

    private final String setting;
    private final String method;

    Mode(String setting, String method) {
        this.setting = setting;
        this.method = method;
    }

    /** What a client presented as this secret. */
    abstract Optional<Secret> presented(Credentials credentials);

    /** Who knows the secret: the owner of the gateway. */
    Identity owner() {
        return new Identity(method, "gateway");
    }

    /** The name of the mode, which is that of the setting with its secret and the word for it in texts. */
    String setting() {
        return setting;
    }
}
