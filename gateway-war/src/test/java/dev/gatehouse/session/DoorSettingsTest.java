package dev.gatehouse.session;

import java.time.Duration;
import java.util.Arrays;

import dev.gatehouse.spi.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DoorSettingsTest {

    @Test
    void defaults_areDescribed() {
        assertThat(Arrays.stream(DoorSettings.class.getRecordComponents())
                        .map(component -> component.getName() + "="
                                + component.getAnnotation(Setting.class).fallback()))
                .containsExactly("handshakeTimeout=15s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.1S", "PT15S", "PT5M"})
    void everyDurationInRange_isKept(Duration handshakeTimeout) {
        assertThat(new DoorSettings(handshakeTimeout).handshakeTimeout()).isEqualTo(handshakeTimeout);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.099S", "PT5M0.001S"})
    void durationOutOfRange_isRejectedWithWhatIsAllowed(Duration handshakeTimeout) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DoorSettings(handshakeTimeout))
                .withMessage("handshake-timeout: '" + handshakeTimeout.toMillis()
                        + "ms' is not between 100ms and 5m; remove it to use 15s");
    }
}
