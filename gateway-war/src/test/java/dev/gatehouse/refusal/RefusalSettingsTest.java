package dev.gatehouse.refusal;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RefusalSettingsTest {

    @Test
    void settings_withinTheirBounds_areTaken() {
        assertThat(new RefusalSettings(Duration.ofHours(1), 100).max()).isEqualTo(100);
        assertThat(new RefusalSettings(Duration.ofDays(90), 20_000).keep()).isEqualTo(Duration.ofDays(90));
    }

    @ParameterizedTest
    @CsvSource({"PT59M, 2000, keep", "P91D, 2000, keep", "P7D, 99, max", "P7D, 20001, max"})
    void settings_beyondABound_sayWhichAndWhatIsAllowed(Duration keep, int max, String key) {
        assertThatThrownBy(() -> new RefusalSettings(keep, max))
                .hasMessageMatching(key + ": '.*' is not between .*; remove it to use .*");
    }
}
