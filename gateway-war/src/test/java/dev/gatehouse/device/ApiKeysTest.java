package dev.gatehouse.device;

import java.security.SecureRandom;

import dev.gatehouse.spi.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ApiKeysTest {

    private final RegistryFixture fixture = new RegistryFixture();
    private final ApiKeys keys = new ApiKeys(fixture.database, fixture.clock, new SecureRandom());

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void create_label_makesKeyThatVerifies() {
        assertThat(keys.isEmpty()).isTrue();

        Secret key = keys.create("ci");

        assertThat(key.expose()).matches("gk_[0-9a-z]{8}_[A-Za-z0-9_-]{43}");
        assertThat(keys.verify(key).orElseThrow().label()).isEqualTo("ci");
        assertThat(keys.isEmpty()).isFalse();
        assertThatThrownBy(() -> keys.create(" ")).isInstanceOf(InvalidLabel.class);
    }

    @Test
    void verify_otherSecretOfTheSameId_isNone() {
        String key = keys.create("ci").expose();
        String forged = key.substring(0, 12) + "A".repeat(43);

        assertThat(keys.verify(Secret.of(forged))).isEmpty();
        assertThat(keys.verify(Secret.of(key + "x"))).isEmpty();
        assertThat(keys.verify(Secret.of(""))).isEmpty();
    }

    @Test
    void verify_deletedKey_isNoneAtOnce() {
        Secret key = keys.create("ci");
        assertThat(keys.verify(key)).isPresent();

        fixture.database.inTransaction(entityManager ->
                entityManager.createQuery("delete from ApiKeyEntity k").executeUpdate());

        assertThat(keys.verify(key)).isEmpty();
    }
}
