package dev.gatehouse.bootstrap;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.observe.MetricsSettings;
import org.junit.jupiter.api.Test;

import static dev.gatehouse.observe.MetricsSettings.Access.KEY;
import static dev.gatehouse.observe.MetricsSettings.Access.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

class MetricsSettingsTest {

    @Test
    void settings_withNothingWritten_askForAKey() {
        assertThat(bind(Map.of()).settings()).contains(new MetricsSettings(KEY));
        assertThat(new MetricsSettings(KEY).warnings()).isEmpty();
    }

    @Test
    void settings_withEverythingWritten_haveWhatWasWritten() {
        assertThat(bind(Map.of("access", "open")))
                .isEqualTo(new Binding<>(Optional.of(new MetricsSettings(OPEN)), List.of()));
        assertThat(Binding.ofEnvironment(MetricsSettings.class, "metrics", Map.of("GATEHOUSE_METRICS_ACCESS", "open"))
                        .settings())
                .contains(new MetricsSettings(OPEN));
    }

    @Test
    void access_thatIsNone_isRejected() {
        assertThat(bind(Map.of("access", "all")).problems())
                .containsExactly("metrics.access: 'all' is none of key, open");
    }

    @Test
    void openAccess_isWarnedOf() {
        assertThat(new MetricsSettings(OPEN).warnings())
                .singleElement()
                .asString()
                .contains("metrics.access");
    }

    private static Binding<MetricsSettings> bind(Map<String, Object> written) {
        return Binding.of(MetricsSettings.class, "metrics", written);
    }
}
