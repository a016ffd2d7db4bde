package dev.gatehouse.bootstrap;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.gatehouse.admission.AdmissionSettings;
import dev.gatehouse.admission.ChainEntry;
import dev.gatehouse.admission.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AdmissionSettingsTest {

    private static final AdmissionSettings ALL_SET = new AdmissionSettings(
            entries("token", "pairing"),
            Duration.ofMillis(1),
            Duration.ofMinutes(5),
            1024,
            1000,
            Duration.ofMinutes(5));

    @Test
    void settings_withNothingWritten_haveTheirDefaults() {
        assertThat(bind(Map.of()).settings())
                .contains(new AdmissionSettings(
                        entries("secure-context", "origin", "device-identity", "token", "pairing"),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(2),
                        32,
                        5,
                        Duration.ofSeconds(5)));
    }

    @Test
    void settings_withEverythingWritten_haveWhatWasWritten() {
        Map<String, Object> written = Map.of(
                "chain",
                List.of("token", "pairing"),
                "check-deadline",
                "1ms",
                "chain-deadline",
                "5m",
                "threads",
                1024,
                "breaker-failures",
                1000,
                "breaker-pause",
                "5m");

        assertThat(bind(written)).isEqualTo(new Binding<>(Optional.of(ALL_SET), List.of()));
    }

    @Test
    void settings_fromTheEnvironment_haveWhatItSays() {
        Map<String, String> environment = Map.of(
                "GATEHOUSE_ADMISSION_CHAIN",
                "token, pairing",
                "GATEHOUSE_ADMISSION_CHECK_DEADLINE",
                "1ms",
                "GATEHOUSE_ADMISSION_CHAIN_DEADLINE",
                "5m",
                "GATEHOUSE_ADMISSION_THREADS",
                "1024",
                "GATEHOUSE_ADMISSION_BREAKER_FAILURES",
                "1000",
                "GATEHOUSE_ADMISSION_BREAKER_PAUSE",
                "5m");

        assertThat(Binding.ofEnvironment(AdmissionSettings.class, "admission", environment))
                .isEqualTo(new Binding<>(Optional.of(ALL_SET), List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "check-deadline, 0ms, 0ms",
        "check-deadline, 301s, 301000ms",
        "chain-deadline, 0d, 0ms",
        "chain-deadline, 999999999d, 86399999913600000ms",
        "breaker-pause, 0ms, 0ms",
        "breaker-pause, 301s, 301000ms"
    })
    void deadline_outOfBounds_isRejected(String key, String written, String shown) {
        assertRejected(Map.of(key, written), "admission." + key + ": '" + shown + "' is not between 1ms and 5m;");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1025})
    void threads_outOfBounds_areRejected(int threads) {
        assertRejected(Map.of("threads", threads), "admission.threads: '" + threads + "' is not between 1 and 1024");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1001})
    void breakerFailures_outOfBounds_areRejected(int failures) {
        assertRejected(
                Map.of("breaker-failures", failures),
                "admission.breaker-failures: '" + failures + "' is not between 1 and 1000");
    }

    @ParameterizedTest
    @CsvSource({"threads, -1", "threads, 99999999999", "check-deadline, 250", "check-deadline, -1s"})
    void value_thatCannotBeRead_isRejected(String key, String written) {
        assertRejected(Map.of(key, written), "admission." + key + ": ");
    }

    @Test
    void key_thatIsUnknown_isAProblemThatKeepsTheRestFromBeingLost() {
        Binding<AdmissionSettings> binding = bind(Map.of("thread", 1));

        assertThat(binding.settings()).isPresent();
        assertThat(binding.problems())
                .containsExactly("admission.thread: no such setting; known here: chain, check-deadline, chain-deadline,"
                        + " threads, breaker-failures, breaker-pause");
    }

    @Test
    void line_thatIsAMapping_hasItsModeAndItsDate() {
        Map<String, Object> shadow = Map.of("check", "origin", "mode", "shadow", "until", "2027-01-31");

        assertThat(bind(Map.of("chain", List.of("token", shadow)))
                        .settings()
                        .orElseThrow()
                        .chain())
                .containsExactly(
                        ChainEntry.enforced("token"),
                        new ChainEntry("origin", Mode.SHADOW, Optional.of(LocalDate.of(2027, 1, 31))));
    }

    @Test
    void line_thatIsWrong_isReportedWithItsPlace() {
        List<Object> chain = List.of("token", Map.of("mode", "maybe", "until", "soon", "colour", "red"), List.of());

        assertThat(bind(Map.of("chain", chain)).problems())
                .anySatisfy(problem -> assertThat(problem).startsWith("admission.chain[1].check: is missing"))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("admission.chain[1].mode: 'maybe' is none of enforce, shadow"))
                .anySatisfy(problem -> assertThat(problem).startsWith("admission.chain[1].until: 'soon' is not a date"))
                .anySatisfy(problem -> assertThat(problem).startsWith("admission.chain[1].colour: no such setting"))
                .anySatisfy(
                        problem -> assertThat(problem).startsWith("admission.chain[2].check: must be a single value"))
                .hasSize(5);
    }

    private static List<ChainEntry> entries(String... names) {
        return Stream.of(names).map(ChainEntry::enforced).toList();
    }

    private static void assertRejected(Map<String, Object> written, String problem) {
        Binding<AdmissionSettings> binding = bind(written);

        assertThat(binding.settings()).isEmpty();
        assertThat(binding.problems()).singleElement().asString().startsWith(problem);
    }

    private static Binding<AdmissionSettings> bind(Map<String, Object> written) {
        return Binding.of(AdmissionSettings.class, "admission", written);
    }
}
