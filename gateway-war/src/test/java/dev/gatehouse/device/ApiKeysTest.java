package dev.gatehouse.device;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

import dev.gatehouse.spi.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ApiKeysTest {

    private final RegistryFixture fixture = new RegistryFixture();
    private final ApiKeys keys = new ApiKeys(fixture.database, fixture.clock, new SecureRandom(), event -> {});

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void create_label_makesKeyThatVerifies() {
        assertThat(keys.isEmpty()).isTrue();

        Secret key = keys.create(Actor.OWNER, "ci");

        assertThat(key.expose()).matches("gk_[0-9a-z]{8}_[A-Za-z0-9_-]{43}");
        assertThat(keys.verify(key).orElseThrow().label()).isEqualTo("ci");
        assertThat(keys.isEmpty()).isFalse();
        assertThatThrownBy(() -> keys.create(Actor.OWNER, " ")).isInstanceOf(InvalidLabel.class);
    }

    @Test
    void verify_otherSecretOfTheSameId_isNone() {
        String key = keys.create(Actor.OWNER, "ci").expose();
        String forged = key.substring(0, 12) + "A".repeat(43);

        assertThat(keys.verify(Secret.of(forged))).isEmpty();
        assertThat(keys.verify(Secret.of(key + "x"))).isEmpty();
        assertThat(keys.verify(Secret.of(""))).isEmpty();
    }

    @Test
    void verify_deletedKey_isNoneAtOnce() {
        Secret key = keys.create(Actor.OWNER, "ci");
        assertThat(keys.verify(key)).isPresent();

        fixture.database.inTransaction(entityManager ->
                entityManager.createQuery("delete from ApiKeyEntity k").executeUpdate());

        assertThat(keys.verify(key)).isEmpty();
    }

    @Test
    void key_afterItsEnd_isOfNoUse() {
        ApiKeys.NewKey made = keys.create(Actor.OWNER, "ci", KeyScope.READ, Optional.of(Duration.ofHours(12)));
        assertThat(keys.verify(made.secret())).contains(made.key());

        fixture.clock.advance(Duration.ofHours(12));

        assertThat(keys.verify(made.secret())).isEmpty();
        assertThat(keys.find(made.key().id())).isEmpty();
    }
}
