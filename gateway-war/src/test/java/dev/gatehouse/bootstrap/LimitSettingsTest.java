package dev.gatehouse.bootstrap;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.limit.LimitSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LimitSettingsTest {

    @Test
    void settings_withNothingWritten_haveTheirDefaults() {
        assertThat(bind(Map.of()).settings()).contains(LimitSettings.STANDARD);
    }

    @Test
    void settings_withEverythingWritten_haveWhatWasWritten() {
        Map<String, Object> written = Map.of(
                "unadmitted-per-address",
                1,
                "unadmitted",
                2,
                "sessions-per-device",
                3,
                "sessions",
                4,
                "guesses-per-hour",
                20);

        assertThat(bind(written)).isEqualTo(new Binding<>(Optional.of(new LimitSettings(1, 2, 3, 4, 20)), List.of()));
    }

    @Test
    void settings_fromTheEnvironment_haveWhatItSays() {
        Map<String, String> environment = Map.of("GATEHOUSE_LIMITS_UNADMITTED_PER_ADDRESS", "500");

        assertThat(Binding.ofEnvironment(LimitSettings.class, "limits", environment)
                        .settings())
                .contains(new LimitSettings(500, 1000, 64, 10_000, 1000));
    }

    @ParameterizedTest
    @CsvSource({
        "unadmitted-per-address, 0, 100000, 32",
        "unadmitted, 100001, 100000, 1000",
        "sessions-per-device, 0, 100000, 64",
        "sessions, 1000001, 1000000, 10000"
    })
    void setting_beyondItsBounds_isRejected(String key, int value, int most, int fallback) {
        assertThat(bind(Map.of(key, value)).problems())
                .containsExactly("limits." + key + ": '" + value + "' is not between 1 and " + most
                        + "; remove it to use " + fallback);
    }

    @Test
    void guesses_fewerThanAnybodyCouldLiveWith_areRejected() {
        assertThat(bind(Map.of("guesses-per-hour", 19)).problems())
                .containsExactly("limits.guesses-per-hour: '19' is not between 20 and 1000000; remove it to use 1000");
    }

    private static Binding<LimitSettings> bind(Map<String, Object> written) {
        return Binding.of(LimitSettings.class, "limits", written);
    }
}
