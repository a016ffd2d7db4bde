package dev.gatehouse.webhook;

import java.util.Base64;
import java.util.Optional;

import dev.gatehouse.spi.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SigningKeyTest {

    /** The example that the reference libraries of Standard Webhooks are tested with. */
    @Test
    void signature_ofTheExampleOfStandardWebhooks_isTheirs() {
        SigningKey key = key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").orElseThrow();

        assertThat(key.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThat(key).hasToString("***");
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 32, 64})
    void secret_of24To64Bytes_isAKey(int bytes) {
        assertThat(key("whsec_" + Base64.getEncoder().encodeToString(new byte[bytes])))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 23, 65})
    void secret_ofAnotherLength_isNoKey(int bytes) {
        assertThat(key("whsec_x" + Base64.getEncoder().encodeToString(new byte[bytes])))
                .isEmpty();
        assertThat(key("whsec_" + Base64.getEncoder().encodeToString(new byte[bytes])))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_###", "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
    void secret_ofAnotherForm_isNoKey(String text) {
        assertThat(key(text)).isEmpty();
    }

    private static Optional<SigningKey> key(String text) {
        return SigningKey.parse(Secret.of(text));
    }
}
