package dev.gatehouse.bootstrap;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.session.DoorSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DoorSettingsTest {

    @Test
    void settings_withNothingWritten_haveTheirDefaults() {
        assertThat(bind(Map.of()).settings()).contains(new DoorSettings(Duration.ofSeconds(15)));
    }

    @ParameterizedTest
    @CsvSource({"100ms, PT0.1S", "7s, PT7S", "5m, PT5M"})
    void settings_withEverythingWritten_haveWhatWasWritten(String written, Duration timeout) {
        assertThat(bind(Map.of("handshake-timeout", written)))
                .isEqualTo(new Binding<>(Optional.of(new DoorSettings(timeout)), List.of()));
    }

    @Test
    void settings_fromTheEnvironment_haveWhatItSays() {
        Map<String, String> environment = Map.of("GATEHOUSE_DOOR_HANDSHAKE_TIMEOUT", "7s");

        assertThat(Binding.ofEnvironment(DoorSettings.class, "door", environment))
                .isEqualTo(new Binding<>(Optional.of(new DoorSettings(Duration.ofSeconds(7))), List.of()));
    }

    @ParameterizedTest
    @CsvSource({"99ms, 99ms", "301s, 301000ms", "999999999d, 86399999913600000ms"})
    void timeout_outOfBounds_isRejected(String written, String shown) {
        Binding<DoorSettings> binding = bind(Map.of("handshake-timeout", written));

        assertThat(binding.settings()).isEmpty();
        assertThat(binding.problems())
                .containsExactly(
                        "door.handshake-timeout: '" + shown + "' is not between 100ms and 5m; remove it to use 15s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "15", "15 s", "-15s", "1.5s", "forever"})
    void timeout_thatIsNoDuration_isRejected(String written) {
        assertThat(bind(Map.of("handshake-timeout", written)).problems())
                .containsExactly("door.handshake-timeout: '" + written
                        + "' is not a duration; write 250ms, 15s, 60m, 12h or 30d");
    }

    private static Binding<DoorSettings> bind(Map<String, Object> written) {
        return Binding.of(DoorSettings.class, "door", written);
    }
}
