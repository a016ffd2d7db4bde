package dev.gatehouse.bootstrap;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.observe.TraceSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TraceSettingsTest {

    private static final String URL = "https://collector.example:4318/v1/traces";
    private static final TraceSettings ALL_SET = new TraceSettings(Optional.of(URL), true);

    @Test
    void settings_withNothingWritten_makeNoTraces() {
        assertThat(bind(Map.of()).settings()).contains(new TraceSettings(Optional.empty(), false));
    }

    @Test
    void settings_withEverythingWritten_haveWhatWasWritten() {
        assertThat(bind(Map.of("otlp-endpoint", URL, "addresses", true)))
                .isEqualTo(new Binding<>(Optional.of(ALL_SET), List.of()));
        assertThat(Binding.ofEnvironment(
                                TraceSettings.class,
                                "traces",
                                Map.of("GATEHOUSE_TRACES_OTLP_ENDPOINT", URL, "GATEHOUSE_TRACES_ADDRESSES", "true"))
                        .settings())
                .contains(ALL_SET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "collector:4318",
                "grpc://collector:4317",
                "http://collector:4318",
                "http://collector:4318/",
                "http:///v1/traces",
                "http://collector/v1/traces#x",
                "http://collector/v1 traces",
                "/v1/traces"
            })
    void endpoint_thatIsNone_isRejectedAndRepeated(String url) {
        assertThat(bind(Map.of("otlp-endpoint", url)).problems())
                .singleElement()
                .asString()
                .contains("'" + url + "'");
    }

    @Test
    void endpoint_withAPassword_isRejectedAndNotRepeated() {
        assertThat(bind(Map.of("otlp-endpoint", "http://user:hidden@collector/v1/traces"))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("traces.otlp-endpoint: 'http://collector/v1/traces'")
                .doesNotContain("hidden");
    }

    private static Binding<TraceSettings> bind(Map<String, Object> written) {
        return Binding.of(TraceSettings.class, "traces", written);
    }
}
