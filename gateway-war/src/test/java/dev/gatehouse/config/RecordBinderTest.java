package dev.gatehouse.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class RecordBinderTest {

    enum Mode {
        TOKEN,
        SHARED_PASSWORD
    }

    record Everything(
            @Setting(about = "a flag", fallback = "true") boolean flag,
            @Setting(about = "a number", fallback = "7") int number,
            @Setting(about = "a name") String name,
            @Setting(about = "a time", fallback = "250ms") Duration waitAtMost,

            @Setting(about = "a mode", fallback = "shared-password")
            Mode mode,

            @Setting(about = "a list") List<String> items,
            @Setting(about = "a secret") Optional<Secret.Source> key) {

        Everything {
            if (number > 100) {
                throw new IllegalArgumentException("number: '" + number + "' is above 100");
            }
        }
    }

    record Outer(Everything inner) {}

    record Boxed(
            @Setting(about = "a number") Optional<Integer> number,
            @Setting(about = "a large number") Optional<Long> large,
            @Setting(about = "a flag") Optional<Boolean> flag,
            @Setting(about = "a list") Optional<List<String>> items) {}

    record Lines(
            @Setting(about = "lines", fallback = "a, b") List<Line> lines) {}

    record Line(
            @Setting(about = "a name") String name,
            @Setting(about = "a date") Optional<LocalDate> until) {}

    @Test
    void component_thatMayBeAbsent_isOfAnyType() {
        assertThat(bind(Boxed.class, Map.of()))
                .contains(new Boxed(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(bind(Boxed.class, Map.of("number", 7, "large", 8, "flag", true, "items", List.of())))
                .contains(new Boxed(Optional.of(7), Optional.of(8L), Optional.of(true), Optional.of(List.of())));
    }

    @Test
    void listOfRecords_takesNamesAndMappings() {
        Line a = new Line("a", Optional.empty());

        assertThat(bind(Lines.class, Map.of())).contains(new Lines(List.of(a, new Line("b", Optional.empty()))));
        assertThat(bind(Lines.class, Map.of("lines", List.of("a", Map.of("name", "c", "until", "2027-01-31")))))
                .contains(new Lines(List.of(a, new Line("c", Optional.of(LocalDate.of(2027, 1, 31))))));
        assertThat(bind(Lines.class, Map.of("lines", List.of()))).contains(new Lines(List.of()));
    }

    private <T extends Record> Optional<T> bind(Class<T> type, Map<String, Object> written) {
        Optional<T> bound = new RecordBinder(new Home(folder), Map.of()).bind(type, "area", written, problems);
        assertThat(problems).isEmpty();
        return bound;
    }

    private final List<String> problems = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void record_withNothingWritten_hasItsDefaults() {
        Everything bound = bind(Map.of("name", "x"), Map.of()).orElseThrow();

        assertThat(bound)
                .isEqualTo(new Everything(
                        true, 7, "x", Duration.ofMillis(250), Mode.SHARED_PASSWORD, List.of(), Optional.empty()));
    }

    @Test
    void record_withEverythingWritten_hasWhatWasWritten() {
        Everything bound = bind(
                        Map.of(
                                "flag",
                                false,
                                "number",
                                8,
                                "name",
                                "y",
                                "wait-at-most",
                                "15s",
                                "mode",
                                "token",
                                "items",
                                List.of("a", "b"),
                                "key",
                                "env:KEY"),
                        Map.of("KEY", "hidden"))
                .orElseThrow();

        assertThat(bound.flag()).isFalse();
        assertThat(bound.number()).isEqualTo(8);
        assertThat(bound.waitAtMost()).isEqualTo(Duration.ofSeconds(15));
        assertThat(bound.mode()).isEqualTo(Mode.TOKEN);
        assertThat(bound.items()).containsExactly("a", "b");
        assertThat(bound.key().flatMap(Secret.Source::read)).contains(Secret.of("hidden"));
    }

    @Test
    void record_withEverythingWrong_hasAllProblemsReportedTogether() {
        Optional<Everything> bound = bind(
                Map.of(
                        "flag",
                        "yes",
                        "number",
                        "many",
                        "wait-at-most",
                        "soon",
                        "mode",
                        "none",
                        "items",
                        Map.of("a", 1),
                        "key",
                        "the-secret-itself",
                        "stray",
                        1),
                Map.of());

        assertThat(bound).isEmpty();
        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "area.stray: no such setting; known here: flag, number, name, wait-at-most, mode, items, key",
                        "area.flag: 'yes' is neither true nor false",
                        "area.number: 'many' is not a whole number",
                        "area.name: is missing; a name",
                        "area.wait-at-most: 'soon' is not a duration; write 250ms, 15s, 60m, 12h or 30d",
                        "area.mode: 'none' is none of token, shared-password",
                        "area.items: must be a list, not a mapping",
                        "area.key: must not stand in the config itself; write env:NAME or file:PATH");
    }

    @Test
    void record_whoseConstructorObjects_hasThatReported() {
        assertThat(bind(Map.of("name", "x", "number", 101), Map.of())).isEmpty();
        assertThat(problems).containsExactly("area.number: '101' is above 100");
    }

    @Test
    void environment_overridesTheFile() {
        Everything bound = bind(
                        Map.of("name", "x", "number", 8),
                        Map.of("GATEHOUSE_AREA_NUMBER", "9", "GATEHOUSE_AREA_ITEMS", "a, b"))
                .orElseThrow();

        assertThat(bound.number()).isEqualTo(9);
        assertThat(bound.items()).containsExactly("a", "b");
    }

    @Test
    void environment_withAnUnknownSetting_isAProblem() {
        RecordBinder binder = binder(Map.of("GATEHOUSE_INNER_NUMBR", "9", "GATEHOUSE_HOME", "x"));
        binder.bind(Outer.class, "", Map.of("inner", Map.of("name", "x")), problems);

        assertThat(binder.unknownVariables(Set.of("GATEHOUSE_HOME")))
                .containsExactly("environment: 'GATEHOUSE_INNER_NUMBR' is no setting of this gateway");
    }

    @Test
    void environment_withTheServiceLinksOfKubernetes_isNoProblem() {
        RecordBinder binder = binder(Map.of(
                "GATEHOUSE_SERVICE_HOST", "10.0.0.1",
                "GATEHOUSE_SERVICE_PORT_HTTP", "18789",
                "GATEHOUSE_PORT", "tcp://10.0.0.1:18789",
                "GATEHOUSE_PORT_18789_TCP_ADDR", "10.0.0.1"));

        assertThat(binder.unknownVariables(Set.of())).isEmpty();
    }

    @Test
    void area_thatIsNoMapping_isAProblem() {
        RecordBinder binder = binder(Map.of());

        assertThat(binder.bind(Outer.class, "", Map.of("inner", "text"), problems))
                .isEmpty();
        assertThat(problems).containsExactly("inner: must be a mapping of settings");
    }

    private Optional<Everything> bind(Map<String, Object> written, Map<String, String> environment) {
        return binder(environment).bind(Everything.class, "area", written, problems);
    }

    private RecordBinder binder(Map<String, String> environment) {
        return new RecordBinder(new Home(folder), environment);
    }
}
