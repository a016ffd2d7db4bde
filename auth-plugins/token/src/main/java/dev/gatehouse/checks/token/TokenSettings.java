package dev.gatehouse.checks.token;

import java.util.Optional;

import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.Setting;

/**
 * The settings of the check {@code token}.
 *
 * @param mode which of the two secrets clients must know
 * @param token where the shared token is kept
 * @param password where the shared password is kept
 */
record TokenSettings(
        @Setting(about = "Which secret clients must know: token or password.", fallback = "token")
        Mode mode,

        @Setting(about = "Where the shared token is kept; required in mode token.")
        Optional<Secret.Source> token,

        @Setting(about = "Where the shared password is kept; required in mode password.")
        Optional<Secret.Source> password) {

    Optional<Secret.Source> secret() {
        return mode == Mode.TOKEN ? token : password;
    }
}
