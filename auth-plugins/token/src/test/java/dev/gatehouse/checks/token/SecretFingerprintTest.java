package dev.gatehouse.checks.token;

import dev.gatehouse.spi.Secret;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SecretFingerprintTest {

    private static final Secret SECRET = Secret.of("a long random text");

    @Test
    void sameSecret_hasTheSameName_alsoAfterAReload() {
        SecretFingerprint fingerprint = new SecretFingerprint();

        assertThat(fingerprint.of(Mode.TOKEN, SECRET))
                .isEqualTo(fingerprint.of(Mode.TOKEN, Secret.of("a long random text")))
                .isEqualTo(new SecretFingerprint().of(Mode.TOKEN, SECRET));
    }

    @Test
    void otherSecretOrMode_hasAnotherName() {
        SecretFingerprint fingerprint = new SecretFingerprint();
        String name = fingerprint.of(Mode.TOKEN, SECRET);

        assertThat(fingerprint.of(Mode.TOKEN, Secret.of("another"))).isNotEqualTo(name);
        assertThat(fingerprint.of(Mode.PASSWORD, SECRET)).isNotEqualTo(name);
        assertThat(fingerprint.of(Mode.TOKEN, SECRET)).isEqualTo(name);
    }

    @Test
    void name_isShortAndTellsNothing() {
        assertThat(new SecretFingerprint().of(Mode.PASSWORD, SECRET))
                .hasSizeLessThanOrEqualTo(128)
                .doesNotContain("random");
    }
}
