package dev.gatehouse.device;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

import dev.gatehouse.spi.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SettingsTest {

    @Test
    void databaseSettings_defaults_areDescribed() {
        assertThat(fallbacks(DatabaseSettings.class))
                .containsExactly("url=", "user=gatehouse", "password=" + Setting.REQUIRED, "poolSize=8");
    }

    @Test
    void deviceSettings_defaults_areDescribed() {
        assertThat(fallbacks(DeviceSettings.class))
                .containsExactly(
                        "pendingTtl=60m",
                        "pendingMax=1000",
                        "pendingMaxPerAddress=32",
                        "pollEvery=5s",
                        "rotationOverlap=10m",
                        "tokenLifetime=" + Setting.REQUIRED,
                        "boundToSecret=false",
                        "unusedExpiry=" + Setting.REQUIRED);
    }

    @Test
    void databaseSettings_noUrl_meansFileInTheDataFolder() {
        assertThat(database("", "gatehouse", 8).urlIn(Path.of("/data")))
                .startsWith("jdbc:h2:async:/data/devices;")
                .contains("AUTO_SERVER=FALSE");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:file:/data/x;A=B, jdbc:h2:async:/data/x;A=B",
        "jdbc:h2:~/x, jdbc:h2:async:~/x",
        "jdbc:h2:./x, jdbc:h2:async:./x",
        "jdbc:h2:C:/x, jdbc:h2:async:C:/x",
        "jdbc:h2:mem:x, jdbc:h2:mem:x",
        "jdbc:h2:tcp://db/./x, jdbc:h2:tcp://db/./x"
    })
    void databaseSettings_filesOfH2_areReadSoThatNoInterruptClosesThem(String url, String used) {
        assertThat(database(url, "gatehouse", 8).urlIn(Path.of("/data"))).isEqualTo(used);
    }

    @Test
    void databaseSettings_everyValue_isKept() {
        DatabaseSettings settings = database("jdbc:postgresql://db/gate", "gate", 20);

        assertThat(settings.urlIn(Path.of("/data"))).isEqualTo("jdbc:postgresql://db/gate");
        assertThat(settings.user()).isEqualTo("gate");
        assertThat(settings.poolSize()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mysql://db/gate?password=hunter2", "db/gate", "jdbc:h2:"})
    void databaseSettings_unsupportedUrl_isRejectedWithoutItsParameters(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> database(url, "gatehouse", 8))
                .withMessageContaining("url must begin with 'jdbc:h2:' or 'jdbc:postgresql:'")
                .withMessageNotContaining("hunter2");
    }

    @Test
    void databaseSettings_passwordInUrl_isRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> database("jdbc:postgresql://db/gate?Password=hunter2", "gatehouse", 8))
                .withMessageContaining("set password to 'env:NAME'")
                .withMessageNotContaining("hunter2");
    }

    @Test
    void databaseSettings_otherValuesOutOfBounds_areRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> database("", " ", 8))
                .withMessageContaining("user must not be blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> database("", "gatehouse", 1))
                .withMessageContaining("pool-size must be 2 to 100, not '1'");
    }

    @ParameterizedTest
    @CsvSource({
        "PT1M, 1000, 32, PT5S, PT10M, pending-ttl",
        "PT60M, 0, 1, PT5S, PT10M, pending-max",
        "PT60M, 10, 11, PT5S, PT10M, pending-max-per-address",
        "PT60M, 1000, 32, PT0S, PT10M, poll-every",
        "PT60M, 1000, 32, PT5S, PT-1S, rotation-overlap",
        "PT60M, 1000, 32, PT5S, P8D, rotation-overlap"
    })
    void deviceSettings_valueOutOfBounds_isRejected(
            Duration ttl, int max, int perAddress, Duration poll, Duration overlap, String setting) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeviceSettings(ttl, max, perAddress, poll, overlap))
                .withMessageStartingWith(setting + " must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT59M", "P3651D"})
    void deviceSettings_tokenLifetimeOutOfBounds_isRejected(Duration lifetime) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeviceSettings(
                        Duration.ofHours(1),
                        1000,
                        32,
                        Duration.ofSeconds(5),
                        Duration.ZERO,
                        Optional.of(lifetime),
                        false,
                        Optional.empty()))
                .withMessageStartingWith("token-lifetime must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT167H", "P3651D"})
    void deviceSettings_unusedExpiryOutOfBounds_isRejected(Duration limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeviceSettings(
                        Duration.ofHours(1),
                        1000,
                        32,
                        Duration.ofSeconds(5),
                        Duration.ZERO,
                        Optional.empty(),
                        false,
                        Optional.of(limit)))
                .withMessageStartingWith("unused-expiry must be 7d to 3650d");
    }

    private static DatabaseSettings database(String url, String user, int poolSize) {
        return new DatabaseSettings(url, user, Optional.empty(), poolSize);
    }

    private static String[] fallbacks(Class<? extends Record> settings) {
        return Arrays.stream(settings.getRecordComponents())
                .map(SettingsTest::fallback)
                .toArray(String[]::new);
    }

    private static String fallback(RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        return component.getName() + "=" + setting.fallback();
    }
}
